import { Component, markup } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";

/** The report as the till's printer prints it. */
export class ClosingReceipt extends Component {
    static template = "tibillet_pos_closing.ClosingReceipt";
    static props = { html: [String, Object] };
}

/** The closing report as it stands, on screen; the till's printer gives the same. */
export class ClosingReportPopup extends Component {
    static template = "tibillet_pos_closing.ClosingReportPopup";
    static components = { Dialog, ClosingReceipt };
    static props = { html: String, close: Function };

    setup() {
        this.printer = useService("printer");
    }

    get html() {
        return markup(this.props.html);
    }

    print() {
        return this.printer.print(ClosingReceipt, { html: this.html }, { webPrintFallback: true });
    }
}
