import { patch } from "@web/core/utils/patch";
import { OrderSummary } from "@point_of_sale/app/screens/product_screen/order_summary/order_summary";

patch(OrderSummary.prototype, {
    /** A line that the kitchen was told of does not go by a key of the numpad. */
    _setValue(val) {
        const order = this.currentOrder;
        const selected = order.getSelectedOrderline();
        const line = selected?.combo_parent_id ?? selected;
        const isRemoved = val === "remove" && this.pos.numpadMode === "quantity";
        const isSent = line?.getAllLinesInCombo().some((part) => order.sentQuantity(part));
        if (isRemoved && isSent) {
            return this.pos.removeSentLine(order, line);
        }
        return super._setValue(val);
    },
});
