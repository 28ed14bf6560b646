from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import TillCase

CARDS = {
    "RICH0001": ("04AAAAAAAAAA01", 5000, "active"),
    "POOR0001": ("04AAAAAAAAAA02", 400, "active"),
    "NEWCARD1": ("04AAAAAAAAAA03", 0, "blank"),
    "BLOCKED1": ("04AAAAAAAAAA04", 1000, "blocked"),
}


@tagged("post_install", "-at_install")
class TestTours(TillCase, HttpCase):
    """What a cashier sees and touches, in a real browser, with the simulator's cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.cashier.lang = "en_US"
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product not in (cls.beer | cls.top_up_product).product_tmpl_id,
        ).available_in_pos = False
        for number, (uid, cents, state) in CARDS.items():
            card = cls.batch._add_cards([{"number": number, "uid": uid, "qr_uuid": f"qr-{number}"}])
            if state != "blank":
                card._activate()
            if cents:
                cls._credit(card, cls.bar_euro, cents)
            if state == "blocked":
                card.state = "blocked"
        demo = [
            {"uid": uid, "number": number, "state": state, "holder": ""} for number, (uid, _c, state) in CARDS.items()
        ]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name):
        """Run a tour; the bar's orders that it made."""
        known = self.pos_session.order_ids
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.pos_session.invalidate_recordset()
        return self.pos_session.order_ids - known

    def _of(self, number):
        return self._held(self.env["tibillet.card"].sudo().search([("number", "=", number)]))

    def test_pay_by_card(self):
        order = self._tour("tibillet_pay_by_card")
        self.assertEqual((order.state, order.payment_ids.tibillet_card), ("paid", "RICH0001"))
        self.assertEqual(self._of("RICH0001"), (4400, 0))

    def test_lifted_too_soon(self):
        self.assertEqual(self._tour("tibillet_lifted_too_soon").state, "paid")
        self.assertEqual(self._of("RICH0001"), (4400, 0))

    def test_complete_with_cash(self):
        order = self._tour("tibillet_complete_with_cash")
        self.assertEqual(order.state, "paid")
        self.assertEqual(order.payment_ids.sorted("amount").mapped("amount"), [2.0, 4.0])
        self.assertEqual(self._of("POOR0001"), (0, 0))

    def test_complete_with_second_card(self):
        order = self._tour("tibillet_complete_with_second_card")
        self.assertEqual(set(order.payment_ids.mapped("tibillet_card")), {"POOR0001", "RICH0001"})
        self.assertEqual((self._of("POOR0001"), self._of("RICH0001")), ((0, 0), (4800, 0)))

    def test_back_to_the_order(self):
        self.assertFalse(self._tour("tibillet_back_to_the_order").filtered(lambda order: order.state == "paid"))
        self.assertEqual(self._of("POOR0001"), (400, 0))

    def test_give_back(self):
        self._tour("tibillet_give_back")
        self.assertEqual(self._of("POOR0001"), (400, 0))

    def test_cancel(self):
        self._tour("tibillet_cancel")
        self.assertEqual(self._of("RICH0001"), (5000, 0))

    def test_second_tap(self):
        self.assertEqual(self._tour("tibillet_second_tap").state, "paid")
        self.assertEqual((self._of("RICH0001"), self._of("POOR0001")), ((4400, 0), (400, 0)))

    def test_refund(self):
        orders = self._tour("tibillet_refund")
        self.assertEqual(orders.mapped("state"), ["paid", "paid"])
        self.assertEqual(self._of("RICH0001"), (5000, 0))

    def test_no_network(self):
        self.assertEqual(self._tour("tibillet_no_network").state, "paid")
        self.assertEqual(self._of("RICH0001"), (4400, 0))

    def test_top_up(self):
        orders = self._tour("tibillet_top_up")
        self.assertEqual(orders.mapped("state"), ["paid", "paid"])
        self.assertEqual((self._of("NEWCARD1"), self._of("RICH0001")), ((2000, 0), (6000, 0)))

    def test_card_window(self):
        self.assertFalse(self._tour("tibillet_card_window"))
