import { patch } from "@web/core/utils/patch";
import { serializeDateTime } from "@web/core/l10n/dates";
import { PosOrder } from "@point_of_sale/app/models/pos_order";

patch(PosOrder.prototype, {
    /** How much of a line the kitchen or the bar was told to prepare. */
    sentQuantity(line) {
        const categories = this.config.preparationCategories;
        const products = [line.product_id, line.combo_parent_id?.product_id].filter(Boolean);
        const isPrepared = products.some((product) =>
            product.parentPosCategIds.some((id) => categories.has(id))
        );
        return isPrepared
            ? Math.max(this.last_order_preparation_change.lines[line.uuid]?.quantity ?? 0, 0)
            : 0;
    },

    /** What was sent and is no longer ordered: `[{line, qty}]`. */
    get loweredLines() {
        return this.lines
            .map((line) => ({ line, qty: this.sentQuantity(line) - Math.max(line.qty, 0) }))
            .filter(({ qty }) => qty > 0);
    },

    /** All that was sent: `[{line, qty}]`. */
    get sentLines() {
        return this.lines
            .map((line) => ({ line, qty: this.sentQuantity(line) }))
            .filter(({ qty }) => qty > 0);
    },

    /** These lines are no longer to prepare: the next sync says so. */
    forgetSent(uuids) {
        const change = this.last_order_preparation_change;
        uuids.forEach((uuid) => delete change.lines[uuid]);
        const now = serializeDateTime(luxon.DateTime.now());
        const known = change.metadata?.serverDate ?? "";
        change.metadata = { ...change.metadata, serverDate: known > now ? known : now };
        this._markDirty();
    },

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
