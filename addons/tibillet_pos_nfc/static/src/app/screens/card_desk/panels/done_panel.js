import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { DeskReceipt } from "../desk_receipt/desk_receipt";

/** It is done: what, how much, and a receipt for who wants one. */
export class DonePanel extends Component {
    static template = "tibillet_pos_nfc.DonePanel";
    static props = { desk: Object };

    setup() {
        this.desk = useState(this.props.desk);
        this.printer = useState(useService("printer"));
    }

    /** A printer out of paper undoes nothing: the act stands, its receipt is printed again. */
    print() {
        return this.printer.print(
            DeskReceipt,
            { receipt: this.desk.receipt },
            { webPrintFallback: true }
        );
    }
}
