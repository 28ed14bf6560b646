import { describe, expect, test } from "@odoo/hoot";
import { actsOf } from "@tibillet_pos_nfc/app/screens/card_desk/acts";
import { CardDeskState } from "@tibillet_pos_nfc/app/screens/card_desk/card_desk_state";

const CARD = { number: "RICH0001", state: "active", holder: "", is_local: true, refusal: "" };
const SHOWN = {
    card: CARD,
    balances: [],
    pay_back: { amount: 1000, text: "10.00", kept: [] },
    top_ups: [{ asset_id: 1 }],
    grants: [{ asset_id: 2, kind: "gift" }],
    moves: [],
};

/** A desk whose server gives these answers, one after the other; `asked` keeps what it was asked. */
function deskWith(...answers) {
    const asked = [];
    const taps = {
        ask: async (act, tap, params) => {
            asked.push(params);
            return answers.shift();
        },
        refuse: () => {},
    };
    const desk = new CardDeskState({ pos: {}, taps });
    return { desk, asked };
}

describe("an act's key", () => {
    test("is kept until the server has answered for sure", async () => {
        const { desk, asked } = deskWith(
            { status: "offline", message: "" },
            { status: "ok", ...SHOWN, receipt: {} },
            { status: "refused", message: "" },
            { status: "ok", ...SHOWN, receipt: {} }
        );
        for (let time = 0; time < 4; time++) {
            await desk.act("pay_back", { amount: 1000 });
        }
        const [offline, done, refused, again] = asked.map(({ key }) => key);
        expect(done).toBe(offline);
        expect(refused).not.toBe(done);
        expect(again).not.toBe(refused);
    });

    test("a second touch while the first is under way asks nothing", async () => {
        const { desk, asked } = deskWith({ status: "ok", ...SHOWN, receipt: {} });
        const first = desk.act("pay_back", { amount: 1000 });
        expect(await desk.act("pay_back", { amount: 1000 })).toBe(null);
        await first;
        expect(asked).toHaveLength(1);
    });

    test("of an unsure act stays with its card, not with the next one", async () => {
        const { desk } = deskWith(
            { status: "ok", ...SHOWN },
            { status: "offline", message: "" },
            { status: "ok", ...SHOWN },
            { status: "ok", ...SHOWN, card: { ...CARD, number: "POOR0001" } }
        );
        await desk.read({ uid: "A" });
        await desk.act("pay_back", { amount: 1000 });
        const { key } = desk;
        await desk.read({ uid: "A" });
        expect(desk.key).toBe(key);
        await desk.read({ uid: "B" });
        expect(desk.key).not.toBe(key);
    });
});

describe("the acts of a card", () => {
    const names = (card) =>
        actsOf({ ...SHOWN, card: { ...CARD, ...card } }).map(({ name }) => name);

    test("in the order of how often they are asked", () => {
        expect(names({})).toEqual([
            "top_up",
            "pay_back",
            "link",
            "history",
            "gift",
            "cash_back",
            "replace",
            "block",
            "void",
        ]);
    });

    test("of a card out of use, of another venue, of the cashier", () => {
        expect(names({ state: "blocked" })).toEqual(["history", "unblock", "void"]);
        expect(names({ state: "void" })).toEqual(["history"]);
        expect(names({ is_local: false })).not.toInclude("void");
        expect(names({ refusal: "This is your own card." })).toEqual([
            "top_up",
            "history",
            "block",
        ]);
    });
});
