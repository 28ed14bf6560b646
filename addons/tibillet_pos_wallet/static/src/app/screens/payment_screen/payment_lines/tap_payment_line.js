import { TapPaymentLine } from "@tibillet_pos_nfc/app/screens/payment_screen/payment_lines/tap_payment_line";
import { patch } from "@web/core/utils/patch";

patch(TapPaymentLine.prototype, {
    payByPhone() {
        return this.env.services.tibillet_nfc.desk.payByPhone(this.props.line);
    },
});
