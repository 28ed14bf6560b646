import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { patch } from "@web/core/utils/patch";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";

patch(PosOrderline.prototype, {
    get isTopUp() {
        return Boolean(this.product_id?.product_tmpl_id?.tibillet_is_top_up);
    },

    setFullProductName() {
        super.setFullProductName();
        if (this.tibillet_card) {
            this.full_product_name = `${this.full_product_name} · ${printedNumber(this.tibillet_card)}`;
        }
    },

    get orderDisplayProductName() {
        const shown = super.orderDisplayProductName;
        return this.tibillet_card
            ? { ...shown, attributeString: printedNumber(this.tibillet_card) }
            : shown;
    },
});
