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
