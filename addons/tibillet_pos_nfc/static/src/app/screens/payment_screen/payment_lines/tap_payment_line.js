import { Component } from "@odoo/owl";

/** What a card payment line waits for; there is no "force done": without a tap nothing is paid. */
export class TapPaymentLine extends Component {
    static template = "tibillet_pos_nfc.TapPaymentLine";
    static props = { line: Object, tap: Function, cancel: Function, giveBack: Function };
}
