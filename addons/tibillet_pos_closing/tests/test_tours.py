from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import ClosingCase

UID = "04AAAAAAAAAA01"


@tagged("post_install", "-at_install")
class TestTours(ClosingCase, HttpCase):
    """What a cashier sees of closings, corrections, cash and training, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.cashier.lang = "en_US"
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product not in (cls.beer | cls.top_up_product).product_tmpl_id,
        ).available_in_pos = False
        card = cls.batch._add_cards([{"number": "RICH0001", "uid": UID, "qr_uuid": "qr-RICH0001"}])
        card._activate()
        cls._credit(card, cls.bar_euro, 5000)
        demo = [{"uid": UID, "number": "RICH0001", "state": "active", "holder": ""}]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name):
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.env.invalidate_all()

    def test_closing_report(self):
        self._tour("tibillet_closing_report")
        ticket = self.env["tibillet.closing"].search([("session_id", "=", self.pos_session.id)])
        self.assertEqual((ticket.number, ticket.total_sales), (1, 6.0))

    def test_duplicate(self):
        self._tour("tibillet_duplicate")
        prints = self.env["tibillet.print"].search([("session_id", "=", self.pos_session.id)], order="id")
        self.assertEqual(prints.mapped("copy_number"), [0, 1])

    def test_correction(self):
        self._tour("tibillet_correction")
        self.assertEqual(self._paid(self._figures()), {"cash": 0, "bank": 600})

    def test_cash_to_the_bank(self):
        self._tour("tibillet_cash_to_the_bank")
        self.assertEqual(self._figures()["cash"]["deposit"], -500)

    def test_training(self):
        self.pos_session.action_pos_session_closing_control()
        self.till.tibillet_training = True
        session = self._open_session(self.till)
        self._tour("tibillet_training")
        self.assertFalse(session.order_ids)
        card = self.env["tibillet.card"].sudo().search([("number", "=", "RICH0001")])
        self.assertEqual(self._held(card), (5000, 0))
