/**
 * The gift that comes with a top-up: value × floor(amount / start), counted in cents as the server does.
 *
 * @param {{_tibillet_bonus: {start: number, value: number, name: string}|false}} product a top-up's template
 * @param {number} amount what is topped up
 * @returns {{value: number, name: string}|null}
 */
export function bonusOf(product, amount) {
    const rule = product._tibillet_bonus ?? product.raw?._tibillet_bonus;
    if (!rule) {
        return null;
    }
    const times = Math.floor(Math.round(amount * 100) / Math.round(rule.start * 100));
    return times > 0
        ? { value: (times * Math.round(rule.value * 100)) / 100, name: rule.name }
        : null;
}
