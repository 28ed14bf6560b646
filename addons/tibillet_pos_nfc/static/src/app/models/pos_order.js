import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { patch } from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    get isPaidByTap() {
        return this.payment_ids.length > 0 && this.payment_ids.every((line) => line.isTapPayment);
    },

    /** No sale, hence never invoiced. */
    get hasTopUp() {
        return this.lines.some((line) => line.isTopUp);
    },

    /** Cups that come back, and nothing else. */
    get isDepositReturn() {
        return this.lines.length > 0 && this.lines.every((line) => line.isDeposit && line.qty < 0);
    },
});
