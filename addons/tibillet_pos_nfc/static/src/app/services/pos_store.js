import { PosStore } from "@point_of_sale/app/services/pos_store";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { RPCError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";

patch(PosStore.prototype, {
    async processServerData() {
        await super.processServerData();
        this.data.connectWebSocket("TIBILLET_SEND_ORDERS", () => this.sendUnsyncedOrders());
    },

    /** Another till closes the session: what was paid here goes to the server now. */
    sendUnsyncedOrders() {
        const unsynced = this.models["pos.order"].filter((order) => order.isUnsyncedPaid);
        this.addPendingOrder(unsynced.map((order) => order.id));
        return this.syncAllOrders();
    },

    async _onBeforeDeleteOrder(order) {
        await this.env.services.tibillet_nfc.desk.held.releaseOrder(order);
        return super._onBeforeDeleteOrder(order);
    },

    /** A top-up without its card asks for it first. */
    async addLineToOrder(vals, order, opts, configure) {
        const product =
            typeof vals.product_tmpl_id === "number"
                ? this.models["product.template"].get(vals.product_tmpl_id)
                : vals.product_tmpl_id;
        if (product?.tibillet_is_top_up && !vals.tibillet_card && !vals.refunded_orderline_id) {
            return this.env.services.tibillet_nfc.desk.openCard(null);
        }
        return super.addLineToOrder(...arguments);
    },

    /** A refusal in the background would leave the order paid here and nowhere else: it comes back, with the reason. */
    async syncAllOrders(options = {}) {
        if (options.throw) {
            return super.syncAllOrders(options);
        }
        this.refusedOrders = new Map();
        const synced = await super.syncAllOrders(options);
        for (const [order, reason] of this.refusedOrders) {
            this.reopenRefusedOrder(order, reason);
        }
        return synced;
    },

    reopenRefusedOrder(order, reason) {
        if (order.state !== "paid" || order.isSynced) {
            return;
        }
        order.state = "draft";
        this.dialog.add(AlertDialog, {
            title: _t("Order %s was not accepted", order.pos_reference),
            body: _t("%s\nThe order is open again.", reason),
        });
    },

    async preSyncAllOrders(orders) {
        await super.preSyncAllOrders(orders);
        this.data.syncingOrder = orders[0];
    },

    onSyncRefused(error) {
        if (error instanceof RPCError && this.data.syncingOrder) {
            this.refusedOrders?.set(this.data.syncingOrder, error.data?.message ?? error.message);
        }
    },
});
