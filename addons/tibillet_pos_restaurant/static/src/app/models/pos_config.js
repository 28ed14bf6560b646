import { patch } from "@web/core/utils/patch";
import { PosConfig } from "@point_of_sale/app/models/pos_config";

patch(PosConfig.prototype, {
    /** What a screen prepares is sent to preparation, printer or not. */
    get preparationCategories() {
        return new Set([
            ...super.preparationCategories,
            ...(this.raw._tibillet_prep_category_ids ?? []),
        ]);
    },
});
