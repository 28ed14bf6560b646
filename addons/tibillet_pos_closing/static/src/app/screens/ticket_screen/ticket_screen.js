import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { PaymentCorrectionPopup } from "@tibillet_pos_closing/app/components/popups/payment_correction/payment_correction";

patch(TicketScreen.prototype, {
    async correctPayment(order) {
        const payments = await this.pos.data.call("pos.order", "tibillet_payments", [[order.id]]);
        if (!payments.paid.length || payments.methods.length < 2) {
            return this.dialog.add(AlertDialog, {
                title: _t("Nothing to correct here"),
                body: _t(
                    "Only what was paid in cash, by bank card or by cheque is corrected. Refund the order instead."
                ),
            });
        }
        this.dialog.add(PaymentCorrectionPopup, { order, ...payments });
    },
});
