from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tibillet_cashless.tests.voucher_common import make_meal, make_voucher

from .common import TillCase

CARDS = {
    "RICH0001": ("04AAAAAAAAAA01", "active"),
    "BLOCKED1": ("04AAAAAAAAAA04", "blocked"),
    "CANTEEN1": ("04AAAAAAAAAA07", "active"),
}


@tagged("post_install", "-at_install")
class TestPaymentRulesTours(TillCase, HttpCase):
    """Bonus, cups and offers, as a cashier touches them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier.lang = "en_US"
        cls.cup = cls._make_cup()
        cls.hours = cls.env["tibillet.asset"].create(
            {"name": "Hours", "code": "HOURS", "kind": "time", "place_id": cls.bar_place.id}
        )
        cls.workshop = cls.env["product.product"].create(
            {
                "name": "Workshop",
                "available_in_pos": True,
                "list_price": 0.0,
                "type": "service",
                "taxes_id": [Command.clear()],
                "tibillet_price_asset_id": cls.hours.id,
                "tibillet_price_units": 90,
            }
        )
        cls.canteen, tax = make_voucher(cls.env, cls.bar_place)
        cls.meal = make_meal(cls.env, tax, 10.0)
        kept = (cls.meal | cls.beer | cls.top_up_product | cls.cup | cls.workshop).product_tmpl_id
        others = cls.env["product.template"].search([("available_in_pos", "=", True)]) - kept
        others.available_in_pos = False
        cls.env["tibillet.top.up.bonus"].create(
            {"place_id": cls.bar_place.id, "asset_id": cls.bar_euro.id, "gift_asset_id": cls.bar_gift.id}
        )
        cls.manager = cls._account_user("rules_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.with_user(cls.manager).tibillet_pin = "4821"
        for number, (uid, state) in CARDS.items():
            card = cls.batch._add_cards([{"number": number, "uid": uid, "qr_uuid": f"qr-{number}"}])
            card._activate()
            cls._credit(card, cls.canteen if number == "CANTEEN1" else cls.bar_euro, 5000)
            cls._credit(card, cls.hours, 120)
            card.state = state
        demo = [{"uid": uid, "number": number, "state": state, "holder": ""} for number, (uid, state) in CARDS.items()]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name):
        """Run a tour; the orders that it paid."""
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.pos_session.invalidate_recordset()
        return self.pos_session.order_ids.filtered(lambda order: order.state == "paid")

    def _of_rich(self, asset=None):
        return self._held(self.env["tibillet.card"].sudo().search([("number", "=", "RICH0001")]), asset)[0]

    def test_bonus(self):
        self._tour("tibillet_top_up_bonus")
        self.assertEqual((self._of_rich(), self._of_rich(self.bar_gift)), (10000, 250))

    def test_cups(self):
        orders = self._tour("tibillet_cups_back")
        self.assertEqual(sorted(orders.mapped("amount_total")), [-2.0, -1.0, 2.0])
        self.assertEqual(self._of_rich(), 5200)

    def test_units(self):
        order = self._tour("tibillet_units")
        self.assertEqual((order.payment_ids.tibillet_card, order.tibillet_split_ids.units), ("RICH0001", 90))
        self.assertEqual((self._of_rich(), self._of_rich(self.hours)), (5000, 30))

    def test_voucher(self):
        order = self._tour("tibillet_voucher")
        self.assertEqual((order.payment_ids.tibillet_card, order.lines.product_id), ("CANTEEN1", self.meal))
        self.assertEqual(order.tibillet_split_ids.asset_id, self.canteen)

    def test_offer(self):
        order = self._tour("tibillet_offer")
        self.assertEqual((order.amount_total, order.lines.tibillet_offered), (0.0, True))
        act = self.env["tibillet.till.act"].search([("order_uuid", "=", order.uuid)])
        self.assertEqual((act.kind, act.approver_id), ("offered", self.manager))
