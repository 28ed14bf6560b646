import { PaymentScreenPaymentLines } from "@point_of_sale/app/screens/payment_screen/payment_lines/payment_lines";
import { patch } from "@web/core/utils/patch";
import { TapPaymentLine } from "./tap_payment_line";

const OPEN = [undefined, null, false, "pending", "retry"];

PaymentScreenPaymentLines.components = { ...PaymentScreenPaymentLines.components, TapPaymentLine };

patch(PaymentScreenPaymentLines.prototype, {
    /** On a phone Odoo asks for a new amount: of what a card has paid, or is paying, there is none. */
    async selectLine(line) {
        if (line.isTapPayment && !OPEN.includes(line.payment_status)) {
            return this.props.selectLine(line.uuid);
        }
        return super.selectLine(...arguments);
    },
});
