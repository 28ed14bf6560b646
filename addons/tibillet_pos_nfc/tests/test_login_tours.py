from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .login_common import LoginCase


@tagged("post_install", "-at_install")
class TestLoginTours(LoginCase, HttpCase):
    """The lock screen in a real browser, with the simulator's cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.cashier.lang = "en_US"
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product != cls.beer.product_tmpl_id,
        ).available_in_pos = False
        cls.zoe.name = "Zoé Martin"
        cards = {"ZOE": cls.zoe_card, "CUSTOMER": cls.customer_card}
        demo = [
            {"uid": cls.uids[card.id], "number": name, "state": "active", "holder": name}
            for name, card in cards.items()
        ]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name, **options):
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier", **options)
        self.pos_session.invalidate_recordset()
        return self.pos_session.order_ids

    def test_tap_in_sell_and_lock(self):
        order = self._tour("tibillet_tap_in").filtered(lambda order: order.state == "paid")
        self.assertEqual((order.tibillet_cashier_id, order.user_id), (self.zoe, self.cashier))

    def test_an_idle_till_locks(self):
        self._tour("tibillet_idle_lock")

    def test_a_till_locks_when_its_cashiers_card_is_lost(self):
        self._tour("tibillet_lost_in_mid_sale")
