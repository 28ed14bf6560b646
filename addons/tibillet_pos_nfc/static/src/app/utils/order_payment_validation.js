import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** After a tap the next customer is served at once; the receipt stays in the orders. */
    async validateOrder() {
        const isValid = await super.validateOrder(...arguments);
        const isOnReceipt = this.pos.router.state.current === "ReceiptScreen";
        if (isValid && isOnReceipt && this.order.isPaidByTap && this.pos.config.tibillet_next_customer) {
            this.pos.orderDone(this.order);
        }
        return isValid;
    },
});
