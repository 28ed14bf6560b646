from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import BadgeCase


@tagged("post_install", "-at_install")
class TestTours(BadgeCase, HttpCase):
    """The door and the till in a real browser, with the simulator's cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.cashier.lang = "en_US"
        article = cls.env["product.product"].create(
            {"name": "Volunteers", "tibillet_badge": True, "list_price": 0, "available_in_pos": True, "type": "service"}
        )
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product != article.product_tmpl_id
        ).available_in_pos = False
        blocked = cls._card()
        blocked._block()
        cards = {"ZOE": cls.zoe_card, "NOBODY": cls.nobody_card, "BLOCKED": blocked}
        demo = [
            {"uid": cls.uids[card.id], "number": name, "state": "active", "holder": ""} for name, card in cards.items()
        ]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _badges(self, card):
        return self.env["tibillet.badge"].search([("card_id", "=", card.id)], order="id").mapped("direction")

    def test_a_badge_reader(self):
        till = self.bar._tibillet_open_till("Door")
        till.tibillet_behaviour = "badge"
        session = self._open_session(till)
        self.startPatcher(patch("odoo.addons.tibillet_pos_badge.models.badge.REPEAT_SECONDS", 0))
        self.start_tour(f"/pos/ui/{session.config_id.id}", "tibillet_badge_reader", login="till_cashier")
        self.assertEqual(self._badges(self.zoe_card), ["in", "out"])

    def test_the_article_at_a_till(self):
        self.start_tour(f"/pos/ui/{self.till.id}", "tibillet_badge_article", login="till_cashier")
        self.assertEqual((self._badges(self.zoe_card), self._badges(self.nobody_card)), (["in"], ["in"]))
        self.assertFalse(self.pos_session.order_ids.lines)
