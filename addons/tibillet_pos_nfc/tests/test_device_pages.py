from odoo.tests import tagged

from .test_till_device import UID, DeviceCase

PAIR = """
const fits = document.documentElement.scrollWidth <= window.innerWidth;
const pin = document.getElementById("pin");
if (!fits || document.activeElement !== pin || pin.inputMode !== "numeric") {
    throw new Error(`fits ${fits}, focus ${document.activeElement.id}, ${pin.inputMode}`);
}
pin.value = "PIN";
const form = document.querySelector("form");
fetch(form.action, { method: "POST", body: new FormData(form) }).then(async (response) => {
    const text = await response.text();
    if (!text.includes("SENTENCE")) {
        throw new Error(text);
    }
    console.log("test successful");
});
"""

READ = """
let emit;
window.NDEFReader = class extends EventTarget {
    async scan() {
        emit = (serialNumber) => this.dispatchEvent(Object.assign(new Event("reading"), { serialNumber }));
    }
};
const says = async (sentence, kind) => {
    for (let tries = 0; tries < 100; tries++) {
        const { textContent } = document.getElementById("state");
        if (textContent.includes(sentence) && document.getElementById("field").dataset.state === kind) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${document.getElementById("state").textContent} is not ${sentence}`);
};
(async () => {
    const wake = document.getElementById("wake");
    wake.click();
    await says("Hold a card", "ready");
    emit("04:A1:B2:C3:D4:E5:F6");
    await says("Sent to Bar till", "sent");
    emit("08:A1:B2:C3");
    await says("cannot be used as a card", "refused");
    if (document.documentElement.scrollWidth > window.innerWidth) {
        throw new Error("the page is wider than the phone");
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestDevicePages(DeviceCase):
    """The pages that a phone opens, at a phone's width, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_pairing_page(self):
        code = PAIR.replace("PIN", "100 001").replace("SENTENCE", "This PIN is wrong or was used already")
        self.browser_js("/tibillet/pair", code)
        self.assertEqual(self.tablet.state, "new")

    def test_a_phone_reads_for_its_till(self):
        phone = self._device("Phone", "reader")
        self._pair(phone)
        told = []
        notify = lambda till, *note, **kw: told.append((till, *note))  # noqa: E731
        self.patch(self.registry["pos.config"], "_notify", notify)
        cookie = self.opener.cookies["tibillet_device"]
        self.browser_js("/tibillet/reader", READ, cookies={"tibillet_device": cookie})
        [(till, name, payload)] = told
        self.assertEqual((till, name), (self.till, "TIBILLET_TAP"))
        opened = self.env["tibillet.till"].with_user(self.cashier)._remote_tap(self.pos_session.id, payload["sealed"])
        self.assertEqual(opened["uid"], UID)
