import { WedgeSource } from "@tibillet_pos_nfc/app/services/sources/wedge_source";
import { after, expect, getFixture, test } from "@odoo/hoot";
import { keyDown } from "@odoo/hoot-dom";

function startWedge() {
    const source = new WedgeSource(
        {},
        { tap: ({ uid, source }) => expect.step(`${source} ${uid}`) }
    );
    source.start();
    after(() => source.stop());
}

async function type(text) {
    for (const key of [...text, "Enter"]) {
        await keyDown(key);
    }
}

test("a typed card is a tap", async () => {
    startWedge();
    await type("NFC:04A1B2C3");
    expect.verifySteps(["wedge 04A1B2C3"]);
});

test("a barcode is no tap", async () => {
    startWedge();
    await type("0421234567890");
    await type("NFT:04A1B2C3");
    expect.verifySteps([]);
});

test("nothing of the card stays in the focused field", async () => {
    startWedge();
    const input = document.createElement("input");
    getFixture().append(input);
    input.value = "beer ";
    input.focus();
    await type("NFC:04A1B2C3");
    expect(input.value).toBe("beer ");
    expect.verifySteps(["wedge 04A1B2C3"]);
});
