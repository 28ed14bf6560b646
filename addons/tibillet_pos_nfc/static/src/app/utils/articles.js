/**
 * What an order sells, for money that pays one tax only: each product with its taxes, once. Top-ups and what costs
 * nothing are no matter.
 *
 * @returns {Array<{product: number, taxes: number[]}>}
 */
export function articlesOf(order) {
    const articles = new Map();
    for (const line of order.lines) {
        if (line.isTopUp || !line.priceIncl) {
            continue;
        }
        const position = order.fiscal_position_id;
        const taxes = position ? position.getTaxesAfterFiscalPosition(line.tax_ids) : line.tax_ids;
        const article = { product: line.product_id.id, taxes: taxes.map((tax) => tax.id) };
        articles.set(JSON.stringify(article), article);
    }
    return [...articles.values()];
}
