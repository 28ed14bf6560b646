import { accountTaxHelpers } from "@account/helpers/account_tax";

/**
 * Share a gift over the tax groups of an order, to the cent: the largest remainders get the rest. As gift.py does.
 *
 * @param {Object<string, number>} groups minor units by tax group; what comes back (negative) bears nothing
 * @param {number} amount minor units taken off, at most the sum of the groups
 * @returns {Object<string, number>} minor units by tax group, those that bear nothing left out
 */
export function share(groups, amount) {
    const bearing = Object.entries(groups).filter(([, total]) => total > 0);
    const whole = bearing.reduce((sum, [, total]) => sum + total, 0);
    const parts = bearing.map(([key, total]) => {
        const part = Math.floor((amount * total) / whole);
        return { key, part, rest: amount * total - part * whole };
    });
    const left = amount - parts.reduce((sum, { part }) => sum + part, 0);
    parts.sort((a, b) => b.rest - a.rest || (a.key < b.key ? -1 : 1));
    parts.slice(0, left).forEach((served) => (served.part += 1));
    return Object.fromEntries(parts.filter(({ part }) => part).map(({ key, part }) => [key, part]));
}

/**
 * The base line, of Odoo's tax engine, that lowers a price by an amount with its taxes, to the cent.
 *
 * @param {number} amount in the currency, negative where it comes back
 * @param {Object} of `{ product_id, tax_ids, currency_id, company }`
 * @returns {Object} with its tax details
 */
export function lowering(amount, of) {
    const made = discount(amount, of);
    const lost = totalOf(made) + amount;
    // Of a few cents Odoo's discount rounds the tax away: these are counted from the price with its taxes instead.
    return Math.abs(lost) < of.currency_id.rounding / 2
        ? made
        : discount(amount, { ...of, special_mode: "total_included" });
}

function discount(amount, { company, ...values }) {
    const baseLine = accountTaxHelpers.prepare_base_line_for_taxes_computation(
        {},
        { price_unit: Math.abs(amount), quantity: 1, discount: 0, rate: 1, ...values }
    );
    accountTaxHelpers.add_tax_details_in_base_lines([baseLine], company);
    accountTaxHelpers.round_base_lines_tax_details([baseLine], company);
    const [made] = accountTaxHelpers.prepare_global_discount_lines(
        [baseLine],
        company,
        "fixed",
        amount,
        { computation_key: "tibillet_gift" }
    );
    return made;
}

/** What a base line comes to, its taxes included. */
export function totalOf({ tax_details: details }) {
    return details.taxes_data.reduce(
        (sum, tax) => sum + tax.tax_amount_currency,
        details.total_excluded_currency + (details.delta_total_excluded_currency || 0)
    );
}
