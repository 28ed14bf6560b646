/**
 * Hours and points that an order costs and that no other tap has taken: one card pays all of them.
 *
 * @param {object} order
 * @param {object} [line] the payment line that asks
 * @returns {Array<{asset: number, amount: number}>} smallest units
 */
export function unitsDue(order, line) {
    if (order.payment_ids.some((other) => other !== line && other.tibillet_unit_holds)) {
        return [];
    }
    const due = new Map();
    for (const { units, qty } of order.lines) {
        if (units && qty > 0) {
            due.set(units.asset, (due.get(units.asset) ?? 0) + Math.round(qty * units.amount));
        }
    }
    return [...due].map(([asset, amount]) => ({ asset, amount }));
}
