import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import { patch } from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    async finalizeValidation() {
        this.pos.signOrder(this.order);
        return super.finalizeValidation(...arguments);
    },
});
