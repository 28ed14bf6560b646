import { PosStore } from "@point_of_sale/app/services/pos_store";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { RPCError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";

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
        if (product?.tibillet_deposit) {
            Object.assign(vals, { price_unit: product.list_price, price_type: "automatic" });
        }
        const isBack = product?.tibillet_deposit && vals.qty < 0;
        if (order.isDepositReturn && !isBack && !vals.refunded_orderline_id) {
            return this.notification.add(
                _t(
                    "Cups that come back make an order of their own. Pay it first, then sell the rest."
                ),
                { type: "warning" }
            );
        }
        return super.addLineToOrder(...arguments);
    },

    /** A manager's word makes a line free; what it would have cost stays on it. */
    async tibilletOffer(line) {
        const { desk } = this.env.services.tibillet_nfc;
        const worth = Math.max(
            line.priceIncl,
            line.product_id.getPrice(line.order_id.pricelist_id, line.qty) * line.qty
        );
        const approval = await this.tibilletApproval.ask(_t("Offer %s", line.getFullProductName()));
        if (!approval) {
            return;
        }
        const answer = await askTill("offer", {
            session_id: this.session.id,
            order_uuid: line.order_id.uuid,
            line_uuid: line.uuid,
            amount: Math.round(worth * 10 ** this.currency.decimal_places),
            approval,
        });
        if (answer.status !== "ok") {
            return desk.refuse(answer);
        }
        line.tibillet_list_price = line.price_unit;
        line.tibillet_offered = true;
        line.setUnitPrice(0);
        line.price_type = "manual";
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
