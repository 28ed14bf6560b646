import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** After a tap the next customer is served at once; the receipt stays in the orders. */
    async validateOrder() {
        const isValid = await super.validateOrder(...arguments);
        const { order, pos } = this;
        if (isValid && order.finalized && order.isRefund && order.isPaidByTap) {
            pos.env.services.tibillet_nfc.desk.showGivenBack(order);
        }
        const isOnReceipt = pos.router.state.current === "ReceiptScreen";
        if (isValid && isOnReceipt && order.isPaidByTap && pos.config.tibillet_next_customer) {
            pos.orderDone(order);
        }
        return isValid;
    },
});
