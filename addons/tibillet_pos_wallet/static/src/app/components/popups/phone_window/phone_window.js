import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { generateQRCodeDataUrl } from "@point_of_sale/utils";

const SIDE = 320;

/** The code that a phone scans to pay one line, and how long it still lasts. */
export class PhoneWindow extends Component {
    static template = "tibillet_pos_wallet.PhoneWindow";
    static components = { Dialog };
    static props = { request: Object, close: Function };

    setup() {
        this.request = useState(this.props.request);
        this.code = generateQRCodeDataUrl(this.request.url, { width: SIDE, height: SIDE });
    }

    get amount() {
        return this.env.utils.formatCurrency(this.request.line.amount);
    }

    get left() {
        const { seconds } = this.request;
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
}
