import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    get isTraining() {
        return Boolean(this.session?.tibillet_training);
    },

    /** What is sold in training goes nowhere: the server would not take it. */
    async syncAllOrders(options = {}) {
        if (!this.isTraining) {
            return super.syncAllOrders(options);
        }
        const { orderToCreate, orderToUpdate } = this.getPendingOrder();
        const orders = options.orders || [...orderToCreate, ...orderToUpdate];
        orders.forEach((order) => this.removePendingOrder(order));
        return orders;
    },
});
