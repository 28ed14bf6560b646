import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { TableStates } from "./table_states";

patch(PosStore.prototype, {
    async setup() {
        this.tableStates = new TableStates(this);
        await super.setup(...arguments);
    },

    async processServerData() {
        await super.processServerData();
        this.data.connectWebSocket("TIBILLET_TABLES", () => this.tableStates.refresh());
    },

    get hasPrepScreens() {
        return Boolean(this.config.raw._tibillet_prep_category_ids?.length);
    },

    /** The screens learn from the server what was sent: at once, not when the order is next saved. */
    async sendOrderInPreparation(order, opts = {}) {
        const result = await super.sendOrderInPreparation(order, opts);
        if (this.hasPrepScreens && !order.finalized && !opts.cancelled) {
            await this.syncAllOrders({ orders: [order] });
        }
        return result;
    },

    /** A direct sale reaches the screens once it is paid: nothing to ask before, unless a printer waits for it. */
    async _askForPreparation() {
        const isForScreens = this.hasPrepScreens && !this.config.printerCategories.size;
        if (!(isForScreens && this.getOrder().isDirectSale)) {
            return super._askForPreparation(...arguments);
        }
    },

    /** A line that goes to another order says where from, so that no screen cooks it twice. */
    handlePreparationHistory(srcPrep, destPrep, srcLine, destLine, qty) {
        const sent = Math.min(srcPrep[srcLine.preparationKey]?.quantity ?? 0, qty);
        const known = destPrep[destLine.preparationKey];
        super.handlePreparationHistory(...arguments);
        const moved = destPrep[destLine.preparationKey];
        if (sent > 0 && moved) {
            moved.quantity = (known?.quantity ?? 0) + sent;
            const before = known?.tibillet_moved ?? {};
            moved.tibillet_moved = {
                ...before,
                [srcLine.uuid]: (before[srcLine.uuid] ?? 0) + sent,
            };
        }
    },
});
