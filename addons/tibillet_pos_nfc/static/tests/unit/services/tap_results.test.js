import { TapResults } from "@tibillet_pos_nfc/app/services/tap_results";
import { setMuted } from "@tibillet_pos_nfc/app/utils/sounds";
import { advanceTime, expect, test } from "@odoo/hoot";

function makeResults() {
    setMuted(true);
    return new TapResults({
        env: {},
        notification: {
            add: (message, { type }) => {
                expect.step(`${type}: ${message}`);
                return () => expect.step("toast closed");
            },
        },
    });
}

test("a result fills the screen for 1.2 s at most", async () => {
    const results = makeResults();
    results.show({ kind: "paid", title: "Paid" });
    // A busy machine's own milliseconds pass as well.
    await advanceTime(1000);
    expect(results.result.title).toBe("Paid");
    await advanceTime(200);
    expect(results.result).toBe(null);
    expect.verifySteps([]);
});

test("what was refused stays as a note, until the next result", async () => {
    const results = makeResults();
    results.refuse({ status: "refused", message: "This card is blocked." });
    await advanceTime(1200);
    expect.verifySteps(["danger: This card is blocked."]);
    results.show({ kind: "paid", title: "Paid" });
    expect.verifySteps(["toast closed"]);
});

test("the next result takes the place of the one before, for its own time", async () => {
    const results = makeResults();
    results.refuse({ status: "offline", message: "No network." });
    await advanceTime(1000);
    results.show({ kind: "paid", title: "Paid" });
    await advanceTime(1000);
    expect(results.result.title).toBe("Paid");
    await advanceTime(200);
    expect(results.result).toBe(null);
    expect.verifySteps([]);
});
