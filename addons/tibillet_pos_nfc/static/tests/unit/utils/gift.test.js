import { share } from "@tibillet_pos_nfc/app/utils/gift";
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
