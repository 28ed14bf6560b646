from unittest.mock import patch

from odoo.tests import HttpCase

from .common import RestaurantCase

CARDS = {"RICH0001": ("04AAAAAAAAAA01", "Amina Diallo"), "RICH0002": ("04AAAAAAAAAA02", None)}
# What a cook looks for and touches, each awaited: the page answers by itself.
PAGE = """
const wait = async (what, find) => {
    for (let tries = 0; tries < 200; tries++) {
        const found = find();
        if (found) { return found; }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("Not there: " + what);
};
const card = (column, ...texts) => wait(column + " " + texts, () =>
    [...document.querySelectorAll(".tibillet-prep-column-" + column + " .tibillet-prep-card")].find((el) =>
        texts.every((text) => el.innerText.replace(/\\s+/g, " ").includes(text))));
const touch = async (selector, scope = document) => (await wait(selector, () => scope.querySelector(selector))).click();
(async () => { %s; console.log("test successful"); })().catch((error) => console.error(error.message));
"""
READY = "!!document.querySelector('.tibillet-prep[data-loaded=\"1\"]')"


class TestTours(RestaurantCase, HttpCase):
    """From the till to the plate, in a real browser."""

    asks_manager = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.cashier.lang = "en_US"
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product not in (cls.beer | cls.dal | cls.top_up_product).product_tmpl_id
        ).available_in_pos = False
        for number, (uid, name) in CARDS.items():
            card = cls.batch._add_cards([{"number": number, "uid": uid, "qr_uuid": f"qr-{number}"}])
            card._activate()
            if name:
                card._link(cls.env["res.partner"].create({"name": name}))
            cls._credit(card, cls.bar_euro, 5000)
        demo = [{"uid": uid, "number": number, "state": "active", "holder": ""} for number, (uid, _n) in CARDS.items()]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _till(self, tour):
        known = self.pos_session.order_ids
        self.start_tour(f"/pos/ui/{self.till.id}", tour, login="till_cashier")
        self.pos_session.invalidate_recordset()
        return self.pos_session.order_ids - known

    def _cook(self, steps):
        """Open the kitchen's page afresh, as after a reload, and do these steps."""
        self.browser_js(f"/tibillet/prep/{self.kitchen.id}", PAGE % steps, READY, login="till_cashier")

    def test_till_to_kitchen_to_table_and_back(self):
        self._till("tibillet_table_to_kitchen")
        self._cook(
            """const ticket = await card("to_prepare", "Table 7", "2 × Test dal", "0 min");
            await touch(".tibillet-prep-line", ticket);
            await wait("ticked", () => document.querySelector(".tibillet-prep-line.is-done"))"""
        )
        self._cook(
            """const ticket = await card("to_prepare", "Table 7");
            await wait("still ticked", () => ticket.querySelector(".is-done"));
            await touch(".tibillet-prep-advance", ticket);
            await touch(".tibillet-prep-advance", await card("ready", "Table 7"));
            await card("served", "Table 7")"""
        )
        self._cook(
            """await touch(".tibillet-prep-recall", await card("served", "Table 7"));
            await touch(".tibillet-prep-recall", await card("ready", "Table 7"));
            await card("to_prepare", "Table 7");
            window.dispatchEvent(new KeyboardEvent("keydown", { key: "1" }));
            await card("ready", "Table 7");
            window.dispatchEvent(new KeyboardEvent("keydown", { key: "Backspace" }));
            await card("to_prepare", "Table 7")"""
        )
        self.assertEqual(self._tickets(self.kitchen).mapped("state"), ["to_prepare"])

    def test_a_change_is_shown(self):
        self.till.tibillet_cancel_approval = False
        line = self._dish(2)
        order = self._table_order(line, self._beer_line())
        self._table_order({**line, "qty": 3}, order_uuid=order.uuid)
        self._cook("""await card("to_prepare", "3 × Test dal", "changed: +1")""")
        order.action_pos_order_cancel()
        self._cook(
            """const ticket = await card("to_prepare", "cancelled", "Understood");
            await touch(".tibillet-prep-advance", ticket);
            await card("served", "cancelled")"""
        )

    def test_a_ticket_on_paper_again(self):
        self._table_order(self._dish(2))
        self._cook(
            """let paper = "";
            window.print = () => (paper = document.querySelector(".tibillet-prep-paper").textContent);
            await touch(".tibillet-prep-print", await card("to_prepare", "Table 7"));
            await wait("paper", () => ["DUPLICATE", "Table 7", "2 ×", "Test dal"].every((text) => paper.includes(text)));
            await wait("no paper left", () => !document.querySelector(".tibillet-prep-paper"))"""
        )

    def test_the_network_goes_and_comes_back(self):
        self._table_order(self._dish())
        self._cook(
            """await card("to_prepare", "Table 7");
            const open = XMLHttpRequest.prototype.open;
            XMLHttpRequest.prototype.open = function (method, url, ...rest) {
                return open.call(this, method, "http://127.0.0.1:1/", ...rest);
            };
            await touch(".tibillet-prep-advance");
            await wait("the banner", () => document.querySelector(".tibillet-prep-banner"));
            await card("to_prepare", "Table 7");
            XMLHttpRequest.prototype.open = open;
            await wait("no banner", () => !document.querySelector(".tibillet-prep-banner"));
            await touch(".tibillet-prep-advance");
            await card("ready", "Table 7")"""
        )
        self.assertEqual(self._tickets(self.kitchen).state, "ready")

    def test_a_table_stands_out_until_served_and_paid(self):
        order = self._till("tibillet_table_stands_out")
        self.assertEqual((order.state, self._tickets(self.kitchen).state), ("paid", "served"))

    def test_the_other_line_of_a_table(self):
        """Two lines, one served and paid; a manager deletes the other: the table is free."""
        manager = self._account_user("tours_manager", self.bar, "tibillet_base.group_manager")
        manager.with_user(manager).tibillet_pin = "4821"
        orders = self._till("tibillet_the_other_line_is_deleted")
        self.assertEqual(sorted(orders.mapped("state")), ["cancel", "paid"])
        act = self.env["tibillet.till.act"].search([("kind", "=", "cancel_line")])
        self.assertEqual((act.approver_id, act.reason), (manager, "1 × Test dal: The customer changed their mind"))
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 0, True, True)])])

    def test_part_of_a_table_each(self):
        self._part_of_a_table_each("tibillet_part_of_a_table_each")

    def test_part_of_a_table_each_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.cashier.lang = "fr_FR"
        self._part_of_a_table_each("tibillet_part_of_a_table_each_fr")

    def _part_of_a_table_each(self, tour):
        orders = self._till(tour).filtered(lambda order: order.state == "paid")
        self.assertEqual(sorted(orders.mapped("payment_ids.tibillet_card")), ["RICH0001", "RICH0002"])
        tickets = self._tickets(self.kitchen)
        self.assertEqual(sum(tickets.line_ids.mapped("qty")), 2)
        self.assertFalse(any(tickets.line_ids.mapped("is_cancelled")))

    def test_a_table_named_by_card(self):
        order = self._till("tibillet_table_named_by_card")
        self.assertEqual(order.floating_order_name, "Amina")
        self.assertEqual(self._tickets(self.kitchen).name, "Amina")
