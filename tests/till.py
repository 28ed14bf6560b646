"""A till in a real browser, driven by what a cashier sees."""

import time

UNITS = "window.posmodel.getOrder().lines.reduce((sum, line) => sum + line.qty, 0)"
OPEN_MS = 180_000  # the first page of a till builds its scripts


class Till:
    """One browser page on a till: `till = Till(page, server, venue); till.open()`."""

    def __init__(self, page, server, venue):
        self.page, self.server, self.venue = page, server, venue

    def open(self, login=None):
        """Log in and open the till; returns once the products are there."""
        page, name = self.page, login or self.venue["login"]
        page.goto(f"{self.server.url}/web/login")
        page.fill("#login", name)
        page.fill("#password", name)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)
        page.goto(f"{self.server.url}/pos/ui/{self.venue['till_id']}")
        page.locator(".open-register-btn, .product-screen .product").first.wait_for(timeout=OPEN_MS)
        page.locator(".open-register-btn").first.click()
        page.locator(".product-screen .product").first.wait_for()
        return self

    def wait_for_reader(self):
        """Wait until the box is paired and its readers are seen."""
        self.page.wait_for_function("() => window.posmodel.env.services.tibillet_nfc.sources.box.ready")
        return self

    def order(self, product="Beer", count=1):
        """Put a product in the order, so many times."""
        tile = self.page.locator(".product", has_text=product).first
        tile.wait_for()
        before = self.units()
        for number in range(1, count + 1):
            tile.click()
            self.page.wait_for_function(f"() => {UNITS} === {before + number}")
        return self

    def units(self):
        """How many units stand in the order."""
        return self.page.evaluate(f"() => {UNITS}")

    def next_order(self):
        """Leave the receipt, where a cash payment ends, for the next customer."""
        button = self.page.locator(".receipt-screen .button.next, .receipt-screen .validation")
        if button.count():
            button.first.click()
        return self

    def slow_confirm(self, milliseconds):
        """Let so much time pass before the box is asked to read the card again."""
        self.page.evaluate(
            """(wait) => { const box = window.posmodel.env.services.tibillet_nfc.sources.box;
                const confirm = Object.getPrototypeOf(box).confirm;
                box.confirm = (tap) => new Promise((done) => setTimeout(done, wait)).then(() => confirm.call(box, tap)); }""",
            milliseconds,
        )

    def pay(self, method):
        """Go to the payment, if not there yet, and choose a method."""
        button = self.page.locator(".pay-order-button:visible, .btn-switchpane.pay-button:visible")
        if button.count():
            button.first.click()
        self.page.locator(".paymentmethod", has_text=method).first.click()
        return self

    def validate(self):
        """Validate the order; returns once the server has it."""
        self.page.locator(".payment-screen .button.next:visible, .validation-button:visible").first.click()
        return self

    def wait_paid(self, count=1):
        """Wait until so many orders of this page are paid and synced."""
        self.page.wait_for_function(
            """(count) => window.posmodel.models["pos.order"].filter(
                   (order) => ["paid", "done"].includes(order.state) && order.isSynced).length >= count""",
            arg=count,
        )
        return self

    def result(self, kind, timeout=5_000):
        """Wait for a full-screen result (paid, refused, attention, offline) and return its words."""
        shown = self.page.locator(f".tibillet-result-{kind}")
        shown.wait_for(timeout=timeout)
        return shown.inner_text()

    def waiting(self):
        """Wait until the payment asks for a card."""
        self.page.locator(".tibillet-line-waiting").wait_for()
        return self

    def show_code(self):
        """Ask a phone to pay the line that waits.

        :return: (path that the code says, id of the request)
        """
        with self.page.expect_response(lambda response: response.url.endswith("/phone/ask")) as answered:
            self.page.locator(".tibillet-by-phone").click()
        answer = answered.value.json()["result"]
        self.page.locator(".tibillet-phone-code").wait_for()
        return answer["url"][answer["url"].index("/pay/") :], answer["request"]

    def tap(self, reader, uid, seconds=0.3):
        """Touch a real reader with a card for so long."""
        reader.insert(uid)
        time.sleep(seconds)
        reader.remove()
        return self

    def close_session(self):
        """Close the till's session on the server, as the closing screen does."""
        client = self.server.client(self.venue["login"], self.venue["login"])
        client.call(
            "pos.session", "post_closing_cash_details", self.venue["session_id"], counted_cash=self.cash(client)
        )
        answer = client.call("pos.session", "close_session_from_ui", self.venue["session_id"], [])
        assert answer["successful"], answer
        return self

    def cash(self, client):
        control = client.call("pos.session", "get_closing_control_data", self.venue["session_id"])
        return control["default_cash_details"]["amount"]
