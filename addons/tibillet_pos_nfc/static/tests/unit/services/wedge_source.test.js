import { WedgeSource } from "@tibillet_pos_nfc/app/services/sources/wedge_source";
import { after, expect, test } from "@odoo/hoot";
import { keyDown, queryOne } from "@odoo/hoot-dom";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Component, xml } from "@odoo/owl";

class Search extends Component {
    static template = xml`<input class="search"/>`;
    static props = {};
}

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
    await mountWithCleanup(Search);
    const input = queryOne(".search");
    input.value = "NFC";
    input.focus();
    await type("NFC:04A1B2C3");
    expect(input.value).toBe("");
    expect.verifySteps(["wedge 04A1B2C3"]);
});
