import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { formatCurrency } from "@web/core/currency";
import { printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";
import { bonusOf } from "@tibillet_pos_nfc/app/utils/bonus";

patch(PosOrderline.prototype, {
    get isTopUp() {
        return Boolean(this.product_id?.product_tmpl_id?.tibillet_is_top_up);
    },

    get isDeposit() {
        return Boolean(this.product_id?.product_tmpl_id?.tibillet_deposit);
    },

    /** Its price in hours or points: ``{asset, amount, text}`` of one, smallest units. */
    get units() {
        const product = this.product_id?.product_tmpl_id;
        return product?._tibillet_units ?? product?.raw?._tibillet_units;
    },

    /** What stands under the line, on screen and on paper: what was offered, the gift that comes with a top-up, a gift's tax. */
    get tibilletRemarks() {
        const remarks = [];
        if (this.isGift && this.order_id.giftLines.length > 1) {
            remarks.push(this.tax_ids.map((tax) => tax.name).join(", "));
        }
        if (this.tibillet_offered) {
            const price = formatCurrency(this.tibillet_list_price * this.qty, this.currency.id);
            remarks.push(_t("Offered · %s", price));
        }
        if (this.units) {
            remarks.push(this.units.text);
        }
        const bonus = this.isTopUp && bonusOf(this.product_id.product_tmpl_id, this.priceIncl);
        if (bonus && this.qty > 0) {
            const value = formatCurrency(bonus.value, this.currency.id);
            remarks.push(_t("+ %(value)s %(currency)s", { value, currency: bonus.name }));
        }
        return remarks;
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
