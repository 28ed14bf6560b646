import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";
import { BadgePopup } from "./badge_popup";

patch(PosStore.prototype, {
    get isBadgeReader() {
        return this.config?.tibillet_behaviour === "badge";
    },

    /** It has no cashier either. */
    get isKiosk() {
        return this.isBadgeReader || super.isKiosk;
    },

    get defaultPage() {
        return this.isBadgeReader ? { page: "BadgeScreen", params: {} } : super.defaultPage;
    },

    /** A badge goes on no bill: it asks for cards. */
    async addLineToOrder(vals, order, opts, configure) {
        const product =
            typeof vals.product_tmpl_id === "number"
                ? this.models["product.template"].get(vals.product_tmpl_id)
                : vals.product_tmpl_id;
        if (product?.tibillet_badge) {
            this.dialog.add(BadgePopup, { title: product.display_name });
            return;
        }
        return super.addLineToOrder(vals, order, opts, configure);
    },
});
