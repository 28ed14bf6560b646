import { lowering, share, totalOf } from "@tibillet_pos_nfc/app/utils/gift";
import { expect, test } from "@odoo/hoot";

// The same cases as test_gift_discount.py: till and server share alike.
const CASES = [
    [{ 20: 600, 10: 1100 }, 500, { 20: 176, 10: 324 }],
    [{ "": 100, 5: 100, "5,7": 100 }, 100, { "": 34, 5: 33, "5,7": 33 }],
    [{ 9: 100, 10: 100 }, 1, { 10: 1 }],
    [{ 1: -200, 2: 300 }, 300, { 2: 300 }],
    [{ 1: 300 }, 0, {}],
];

test("a gift is shared over the tax groups to the cent", () => {
    for (const [groups, amount, parts] of CASES) {
        expect(share(groups, amount)).toEqual(parts);
    }
});

const EURO = { id: 1, decimal_places: 2, rounding: 0.01 };
const TAX = {
    id: 1,
    amount_type: "percent",
    include_base_amount: false,
    is_base_affected: true,
    has_negative_factor: false,
    children_tax_ids: [],
    sequence: 1,
    tax_group_id: { id: 1 },
};

test("a price is lowered by what was asked, however few cents and whatever the tax", () => {
    const wrong = [];
    for (const [amount, price_include, rounding] of [2.1, 5.5, 10, 20].flatMap((rate) => [
        [rate, false, "round_per_line"],
        [rate, false, "round_globally"],
        [rate, true, "round_per_line"],
        [rate, true, "round_globally"],
    ])) {
        const company = { currency_id: EURO, tax_calculation_rounding_method: rounding };
        const of = { tax_ids: [{ ...TAX, amount, price_include }], currency_id: EURO, company };
        for (let cents = 1; cents <= 300; cents++) {
            const said = Math.round(totalOf(lowering(cents / 100, of)) * 100);
            if (said !== -cents) {
                wrong.push({ amount, price_include, rounding, cents, said });
            }
        }
    }
    expect(wrong).toEqual([]);
});
