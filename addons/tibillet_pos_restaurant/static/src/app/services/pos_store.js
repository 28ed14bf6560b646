import { patch } from "@web/core/utils/patch";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { uuidv4 } from "@point_of_sale/utils";
import { _t } from "@web/core/l10n/translation";
import { askTill } from "@tibillet_pos_nfc/app/utils/till_api";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { TableStates } from "./table_states";

const cancelReasons = () => [
    _t("Typed by mistake"),
    _t("The customer changed their mind"),
    _t("Not available any more"),
    _t("Waited too long"),
    _t("Not as it should be"),
];

patch(PosStore.prototype, {
    async setup() {
        this.tableStates = new TableStates(this);
        await super.setup(...arguments);
    },

    async processServerData() {
        await super.processServerData();
        this.data.connectWebSocket("TIBILLET_TABLES", () => this.tableStates.refresh());
        this.data.connectWebSocket("TIBILLET_REPRINT", (asked) => this.reprintTicket(asked));
    },

    /** The kitchen asks for a ticket once more: the first till that knows its order prints it, as a duplicate. */
    async reprintTicket({ ticket, order: uuid, turn }) {
        const order = this.models["pos.order"].getBy("uuid", uuid);
        if (!order || !this.config.printerCategories.size) {
            return;
        }
        const params = { session_id: this.session.id, ticket_id: ticket, turn };
        const answer = await askTill("reprint", params);
        if (answer.status !== "ok" || !answer.lines.length) {
            return;
        }
        const lines = answer.lines.map(({ uuid, product_id, name, qty, note }) => ({
            uuid,
            product_id,
            name,
            note,
            basic_name: name,
            display_name: name,
            quantity: qty,
            customer_note: "",
            attribute_value_names: [],
        }));
        await this.printChanges(order, [{ new: lines, cancelled: [], noteUpdate: [] }], true);
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

    async submitOrder() {
        if (await this.approveLowered(this.getOrder())) {
            return super.submitOrder();
        }
    },

    async pay() {
        if (await this.approveLowered(this.getOrder())) {
            return super.pay(...arguments);
        }
    },

    async validateOrderFast() {
        if (await this.approveLowered(this.getOrder())) {
            return super.validateOrderFast(...arguments);
        }
    },

    /** An order that joins another one is saved there first: the kitchen finds its lines before it goes. */
    async mergeOrders(sourceOrder, destOrder) {
        this.mergedInto = destOrder;
        try {
            return await super.mergeOrders(...arguments);
        } finally {
            this.mergedInto = null;
        }
    },

    async _onBeforeDeleteOrder(order) {
        if (this.mergedInto) {
            await this.syncAllOrders({ orders: [this.mergedInto] });
        } else if (order.isSynced && !(await this.approveCancelled(order, order.sentLines))) {
            return false;
        }
        return super._onBeforeDeleteOrder(order);
    },

    /** A new order that took lines from another one is saved before it. */
    async syncAllOrders(options = {}) {
        const orders = options.orders?.toSorted((a, b) => a.isSynced - b.isSynced);
        return super.syncAllOrders(orders ? { ...options, orders } : options);
    },

    /** A manager approves what was lowered since it was sent; else it is as it was. */
    async approveLowered(order) {
        const lowered = order?.loweredLines ?? [];
        const isApproved = await this.approveCancelled(order, lowered);
        if (!isApproved) {
            lowered.forEach(({ line, qty }) => line.setQuantity(line.qty + qty, true));
        }
        return isApproved;
    },

    /**
     * Ask a manager's word for what the kitchen is not to make after all.
     *
     * @param {{line, qty}[]} cancelled
     * @returns {Promise<boolean>} may it be cancelled?
     */
    async approveCancelled(order, cancelled) {
        if (!cancelled.length || !this.config.tibillet_cancel_approval) {
            return true;
        }
        const what = cancelled
            .map(({ line, qty }) => `${qty} × ${line.getFullProductName()}`)
            .join(", ");
        const reason = await makeAwaitable(this.dialog, SelectionPopup, {
            title: _t("Why is it cancelled? %s", what),
            list: cancelReasons().map((text, id) => ({ id, label: text, item: text })),
        });
        const approval = reason && (await this.tibilletApproval.ask(_t("Cancel %s", what)));
        if (!approval) {
            return false;
        }
        const answer = await askTill("cancel_lines", {
            session_id: this.session.id,
            order_uuid: order.uuid,
            key: uuidv4(),
            lines: Object.fromEntries(cancelled.map(({ line, qty }) => [line.uuid, qty])),
            approval,
            reason,
        });
        if (answer.status !== "ok") {
            this.env.services.tibillet_nfc.desk.refuse(answer);
            return false;
        }
        return true;
    },

    /** A line that was sent goes, with a manager's word: the kitchen reads it at once, and an empty table is free. */
    async removeSentLine(order, line) {
        const lines = line.getAllLinesInCombo();
        const cancelled = order.sentLines.filter((entry) => lines.includes(entry.line));
        if (!(await this.approveCancelled(order, cancelled))) {
            cancelled.forEach((entry) => entry.line.setQuantity(entry.qty, true));
            return;
        }
        const uuids = lines.map(({ uuid }) => uuid);
        order.removeOrderline(line);
        if (!this.config.printerCategories.size) {
            order.forgetSent(uuids);
            await this.syncAllOrders({ orders: [order] });
        }
        if (order.isEmpty() && order.table_id && (await this.deleteOrders([order]))) {
            this.navigate("FloorScreen");
        }
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
