import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { unitsDue } from "@tibillet_pos_nfc/app/utils/units";

patch(OrderPaymentValidation.prototype, {
    /** A tap that paid hours, points or gift credit and no euro is kept: stock Odoo drops a payment of zero. */
    get paymentLines() {
        return super.paymentLines.filter(
            (line) => line.amount || !(line.tibillet_unit_holds || line.tibillet_gift)
        );
    },

    /** What costs hours or points waits for a tap, though no euro is due. */
    async isOrderValid() {
        if (this.order.giftTaken > this.order.lowered) {
            this.pos.env.services.tibillet_nfc.desk.refuse({
                status: "refused",
                message: _t(
                    "The gift credit is above the price. Give the card payment back, then tap again."
                ),
            });
            return false;
        }
        if (this.order.giftTaken) {
            this.order.refreshGift();
        }
        if (!unitsDue(this.order).length) {
            return super.isOrderValid(...arguments);
        }
        this.pos.env.services.tibillet_nfc.desk.refuse({
            status: "refused",
            message: _t("This costs time or points. Choose the NFC card, and tap it."),
        });
        return false;
    },

    /** After a tap the next customer is served at once; the receipt stays in the orders. */
    async validateOrder() {
        const isValid = await super.validateOrder(...arguments);
        const { order, pos } = this;
        const isGivenBack = order.isRefund || order.isDepositReturn;
        if (isValid && order.finalized && isGivenBack && order.isPaidByTap) {
            pos.env.services.tibillet_nfc.desk.showGivenBack(order);
        }
        const isOnReceipt = pos.router.state.current === "ReceiptScreen";
        if (isValid && isOnReceipt && order.isPaidByTap && pos.config.tibillet_next_customer) {
            pos.orderDone(order);
        }
        return isValid;
    },
});
