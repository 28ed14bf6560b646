import { askTill, printedNumber } from "@tibillet_pos_nfc/app/utils/till_api";
import { expect, test } from "@odoo/hoot";
import { ConnectionLostError, RPCError, rpc } from "@web/core/network/rpc";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

function answerWith(makeAnswer) {
    patchWithCleanup(rpc, {
        _rpc: (url, params) => {
            expect.step(`${url} ${params.session_id}`);
            return makeAnswer();
        },
    });
}

test("the server's answer is handed over", async () => {
    answerWith(async () => ({ status: "held" }));
    expect(await askTill("authorise", { session_id: 7 })).toEqual({ status: "held" });
    expect.verifySteps(["/tibillet_nfc/authorise 7"]);
});

test("no network is an answer", async () => {
    answerWith(() => Promise.reject(new ConnectionLostError("/tibillet_nfc/card")));
    expect((await askTill("card", { session_id: 7 })).status).toBe("offline");
    expect.verifySteps(["/tibillet_nfc/card 7"]);
});

test("a server's error is a refusal", async () => {
    answerWith(() => Promise.reject(new RPCError()));
    const { status, code } = await askTill("card", { session_id: 7 });
    expect([status, code]).toEqual(["refused", "error"]);
    expect.verifySteps(["/tibillet_nfc/card 7"]);
});

test("a number is shown as it is printed", () => {
    expect(printedNumber("A4F291C7")).toBe("A4F2 91C7");
    expect(printedNumber("")).toBe("");
});
