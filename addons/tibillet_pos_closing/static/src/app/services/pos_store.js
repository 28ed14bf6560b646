import { PosStore } from "@point_of_sale/app/services/pos_store";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    /** A receipt printed again says which duplicate it is. */
    async printReceipt(options = {}) {
        const order = options.order || this.getOrder();
        const kind = options.printBillActionTriggered ? "bill" : "sale";
        order.uiState.tibilletCopy = await this.tibilletCopy(order, kind);
        return super.printReceipt({ ...options, order });
    },

    /** The server counts; without it, what this till remembers. */
    async tibilletCopy(order, kind) {
        const remembered = kind === "sale" ? order.nb_print : 0;
        if (this.isTraining || !order.isSynced) {
            return remembered;
        }
        try {
            return await this.data.call("pos.order", "tibillet_log_print", [[order.id], kind]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return remembered;
            }
            throw error;
        }
    },
});
