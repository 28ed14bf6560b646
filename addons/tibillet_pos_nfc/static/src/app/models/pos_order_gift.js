import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { accountTaxHelpers } from "@account/helpers/account_tax";
import { patch } from "@web/core/utils/patch";
import { lowering, share } from "@tibillet_pos_nfc/app/utils/gift";

patch(PosOrderline.prototype, {
    /** A line by which gift credit lowers the price, added by the till itself. */
    get isGift() {
        const { giftProduct } = this.order_id;
        return Boolean(giftProduct) && this.product_id === giftProduct;
    },

    get taxGroup() {
        return this.tax_ids
            .filter((tax) => accountTaxHelpers.can_be_discounted(tax))
            .map((tax) => tax.id)
            .sort((a, b) => a - b)
            .join(",");
    },
});

patch(PosOrder.prototype, {
    get giftProduct() {
        return this.models["product.product"].get(this.config._tibillet_gift_product_id);
    },

    get giftLines() {
        return this.lines.filter((line) => line.isGift);
    },

    /** What the taps of this order take off its price, minor units. */
    get giftTaken() {
        return this.payment_ids.reduce((sum, line) => sum + (line.tibillet_gift || 0), 0);
    },

    /** Price by tax group, minor units, of what gift credit may lower: neither top-ups nor deposits. */
    get loweredGroups() {
        const groups = {};
        for (const line of this.lines) {
            if (!line.isGift && !line.isTopUp && !line.isDeposit) {
                const minor = Math.round(line.priceIncl * 10 ** this.currency.decimal_places);
                groups[line.taxGroup] = (groups[line.taxGroup] ?? 0) + minor;
            }
        }
        return groups;
    },

    get lowered() {
        return Object.values(this.loweredGroups).reduce(
            (sum, total) => sum + Math.max(total, 0),
            0
        );
    },

    /** Up to how much gift credit may still lower this order's price; what comes back is refunded in another order. */
    get giftRoom() {
        const isSale = this.giftProduct && !this.lines.some((line) => line.refunded_orderline_id);
        return isSale ? Math.max(this.lowered - this.giftTaken, 0) : 0;
    },

    /** The articles or the taps changed: the lines of gift credit follow. */
    refreshGift() {
        if (this.giftTaken <= this.lowered) {
            this.setGiftLines(this.giftTaken ? share(this.loweredGroups, this.giftTaken) : {});
        }
    },

    /** @param {Object<string, number>} parts minor units that each tax group is lowered by, negative where it comes back */
    setGiftLines(parts) {
        this.giftLines.forEach((line) => line.delete());
        for (const [group, minor] of Object.entries(parts)) {
            const taxes = group.split(",").filter(Boolean);
            this.models["pos.order.line"].create({
                order_id: this,
                product_id: this.giftProduct,
                qty: 1,
                price_type: "automatic",
                tax_ids: taxes.map((id) => ["link", this.models["account.tax"].get(Number(id))]),
                ...this.giftPrice(taxes, minor / 10 ** this.currency.decimal_places),
            });
        }
        this.triggerRecomputeAllPrices();
    },

    /** Price of a line that lowers an order by `amount`, these taxes included, and the taxes that make it so to the cent. */
    giftPrice(taxIds, amount) {
        const taxes = taxIds.map((id) => this.models["account.tax"].get(Number(id)));
        const made = lowering(amount, {
            product_id: this.giftProduct,
            tax_ids: this.fiscal_position_id?.getTaxesAfterFiscalPosition(taxes) ?? taxes,
            currency_id: this.currency,
            company: this.company,
        });
        return {
            price_unit: made.price_unit,
            extra_tax_data: accountTaxHelpers.export_base_line_extra_tax_data(made),
        };
    },

    removePaymentline(line) {
        const hadGift = line.tibillet_gift;
        const result = super.removePaymentline(...arguments);
        if (hadGift) {
            this.refreshGift();
        }
        return result;
    },
});
