import { Component } from "@odoo/owl";
import { formatMoment } from "@tibillet_pos_nfc/app/utils/moves";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

/** The paper of an act: what was done to which card, by whom. */
export class DeskReceipt extends Component {
    static template = "tibillet_pos_nfc.DeskReceipt";
    static props = { receipt: Object };

    setup() {
        Object.assign(this, { formatMoment, printedNumber });
    }
}
