from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.till_device import DEVICE
from .login_common import LoginCase


class LoginTours:
    """A till that asks for cards, with those of the simulator."""

    lang = "en_US"
    device = None
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.lang)
        cls.cashier.lang = cls.lang
        cls.env["product.template"].search([("available_in_pos", "=", True)]).filtered(
            lambda product: product != cls.beer.product_tmpl_id,
        ).available_in_pos = False
        cls.zoe.name = "Zoé Martin"
        expired, lost = cls._card(), cls._card()
        last_week = fields.Date.today() - timedelta(days=7)
        cls._rights(
            expired, cls._account_user("till_alma", cls.bar, "tibillet_base.group_cashier"), expires_on=last_week
        )
        cls._rights(lost, cls._account_user("till_otto", cls.bar, "tibillet_base.group_cashier"))
        lost._declare_lost()
        cls.customer_card.number = "CUSTOMER"
        cards = {"ZOE": cls.zoe_card, "CUSTOMER": cls.customer_card, "EXPIRED": expired, "LOST": lost}
        demo = [
            {"uid": cls.uids[card.id], "number": name, "state": "active", "holder": name}
            for name, card in cards.items()
        ]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: demo)
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    def _tour(self, name, session=None):
        session = session or self.pos_session
        self.start_tour(f"/pos/ui/{session.config_id.id}", name, login="till_cashier")
        session.invalidate_recordset()
        return session.order_ids

    def test_tap_in_sell_and_lock(self):
        order = self._tour("tibillet_tap_in").filtered(lambda order: order.state == "paid")
        self.assertEqual((order.tibillet_cashier_id, order.user_id), (self.zoe, self.cashier))

    def test_an_idle_till_locks(self):
        self._tour("tibillet_idle_lock")

    def test_a_till_locks_when_its_cashiers_card_is_lost(self):
        self._tour("tibillet_lost_in_mid_sale")

    # --- a paired device --------------------------------------------------------------------------------------------

    def authenticate(self, user, password, **options):
        """The browser of a paired device, where the test has one."""
        paired = {DEVICE: self.device.id} if self.device else {}
        return super().authenticate(user, password, session_extra=paired, **options)

    def test_a_device_is_withdrawn_in_mid_sale(self):
        self.till.tibillet_cashier_login = False
        self.device = self.env["tibillet.till.device"].create({"name": "Tablet", "config_id": self.till.id})
        self.device.sudo()._take_token("")
        read = self.registry["tibillet.till"]._card

        def read_then_withdraw(till, session_id, tap):
            answer = read(till, session_id, tap)
            till.env["tibillet.till.device"].sudo().search([])._revoke()
            return answer

        self.patch(self.registry["tibillet.till"], "_card", read_then_withdraw)
        self.assertFalse(self._tour("tibillet_withdrawn_in_mid_sale").filtered(lambda order: order.state == "paid"))
        self.assertEqual(self.device.state, "revoked")

    # --- points of sale by behaviour --------------------------------------------------------------------------------

    def _open(self, name, behaviour, methods=None):
        till = self.bar._tibillet_open_till(name)
        till.payment_method_ids |= methods or till.payment_method_ids.browse()
        till.tibillet_behaviour = behaviour
        return self._open_session(till)

    def _terminal(self):
        selection = [("tibillet_nfc", "NFC"), ("acme", "Acme terminal")]
        self.patch(self.registry["pos.payment.method"], "_get_payment_terminal_selection", lambda self: selection)
        bank = self.till.payment_method_ids.filtered(lambda m: m.type == "bank" and not m.use_payment_terminal)
        return self.env["pos.payment.method"].create(
            {
                "name": "Terminal",
                "journal_id": bank.journal_id.id,
                "company_id": self.bar.id,
                "use_payment_terminal": "acme",
            }
        )

    def test_a_desk_opens_on_the_card_desk(self):
        self._tour("tibillet_desk_first", self._open("Desk", "top_up"))

    def test_a_kiosk_reads_and_tops_up(self):
        order = self._tour("tibillet_kiosk", self._open("Kiosk", "kiosk", self._terminal()))
        self.assertEqual(order.filtered(lambda o: o.state == "paid").amount_total, 20)
        self.assertEqual(self._held(self.customer_card), (7000, 0))

    def test_a_kiosk_without_a_terminal_only_reads(self):
        session = self._open("Kiosk", "kiosk")
        session.state = "opening_control"
        self._tour("tibillet_kiosk_reads", session)
        self.assertEqual(session.state, "opened")


@tagged("post_install", "-at_install")
class TestLoginTours(LoginTours, LoginCase, HttpCase):
    """On a tablet that stands, in English."""

    browser_size = "1280x800"


@tagged("post_install", "-at_install")
class TestLoginPhoneTours(LoginTours, LoginCase, HttpCase):
    """On a phone, in French."""

    browser_size = "390x844"
    lang = "fr_FR"


@tagged("post_install", "-at_install")
class TestLoginTabletTours(LoginTours, LoginCase, HttpCase):
    """On a tablet held upright, in French."""

    browser_size = "820x1180"
    lang = "fr_FR"
