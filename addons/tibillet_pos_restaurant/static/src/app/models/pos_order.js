import { patch } from "@web/core/utils/patch";
import { PosOrder } from "@point_of_sale/app/models/pos_order";

patch(PosOrder.prototype, {
    /** A till whose clock is late must not lose a change: the server keeps the one with the latest date. */
    updateLastOrderChange() {
        const known = this.last_order_preparation_change.metadata?.serverDate ?? "";
        super.updateLastOrderChange(...arguments);
        const { metadata } = this.last_order_preparation_change;
        if (known > metadata.serverDate) {
            metadata.serverDate = known;
        }
    },
});
