import { BoxSource } from "@tibillet_pos_nfc/app/services/sources/box_source";
import { advanceTime, beforeEach, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

let sockets;

/** A box that says what the test makes it say. */
class FakeSocket {
    static OPEN = 1;

    constructor(url) {
        this.url = url;
        this.readyState = FakeSocket.OPEN;
        this.sent = [];
        sockets.push(this);
    }

    send(text) {
        this.sent.push(JSON.parse(text));
    }

    say(message) {
        this.onmessage({ data: JSON.stringify(message) });
    }

    close(code = 1006) {
        this.onclose?.({ code });
    }
}

function startBox() {
    const box = new BoxSource(
        { url: "ws://127.0.0.1:8070/taps", token: "secret" },
        {
            tap: ({ uid, source, id }) => expect.step(`tap ${source} ${uid} ${id}`),
            attention: () => expect.step("attention"),
            changed: () => {},
        }
    );
    box.start();
    sockets[0].onopen();
    return box;
}

beforeEach(() => {
    sockets = [];
    patchWithCleanup(window, { WebSocket: FakeSocket });
});

test("says hello with its token, then hears taps", () => {
    const box = startBox();
    expect(sockets[0].sent).toEqual([{ type: "hello", token: "secret" }]);
    expect(box.ready).toBe(false);
    sockets[0].say({ type: "ready", version: "1", readers: [{ name: "ACR122U", card: false }] });
    expect(box.ready).toBe(true);
    sockets[0].say({
        type: "tap",
        id: "t1",
        seq: 1,
        reader: "ACR122U",
        uid: "04A1B2C3",
        atr: "",
        at: "",
    });
    sockets[0].say({ type: "unreadable", seq: 2, reader: "ACR122U", reason: "moved" });
    expect.verifySteps(["tap box 04A1B2C3 t1", "attention"]);
});

test("no reader plugged in is not ready", () => {
    const box = startBox();
    sockets[0].say({ type: "ready", version: "1", readers: [] });
    expect(box.ready).toBe(false);
    sockets[0].say({ type: "readers", seq: 1, readers: [{ name: "ACR122U", card: false }] });
    expect(box.ready).toBe(true);
});

test("a tap is confirmed by the box", async () => {
    const box = startBox();
    const [stays, leaves, silent] = ["t1", "t2", "t3"].map((id) => box.confirm({ id }));
    expect(sockets[0].sent.at(-1)).toEqual({ type: "confirm", id: "t3" });
    sockets[0].say({ type: "confirmed", id: "t1", uid: "04A1B2C3" });
    sockets[0].say({ type: "lost", id: "t2", reason: "removed" });
    await advanceTime(1000);
    expect(await Promise.all([stays, leaves, silent])).toEqual([true, false, false]);
});

test("a lost box is found again", async () => {
    const box = startBox();
    sockets[0].say({ type: "ready", version: "1", readers: [{ name: "ACR122U", card: false }] });
    sockets[0].close();
    expect(box.state).toBe("lost");
    expect(box.ready).toBe(false);
    await advanceTime(500);
    expect(sockets.length).toBe(2);
    sockets[1].close();
    await advanceTime(500);
    expect(sockets.length).toBe(2, { message: "it waits longer each time" });
    await advanceTime(500);
    expect(sockets.length).toBe(3);
});

test("a box that does not know the till is not asked again", async () => {
    const box = startBox();
    sockets[0].close(4401);
    expect(box.state).toBe("unpaired");
    await advanceTime(60000);
    expect(sockets.length).toBe(1);
});

test("a box that answers no ping is dropped", async () => {
    startBox();
    sockets[0].say({ type: "ready", version: "1", readers: [] });
    await advanceTime(15000);
    expect(sockets[0].sent.at(-1)).toEqual({ type: "ping" });
    await advanceTime(15000 + 500);
    expect(sockets.length).toBe(2);
});
