from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TillCase


@tagged("post_install", "-at_install")
class TestCashierCard(TillCase):
    """Which card opens which till, and how its rights end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("till_manager", cls.bar, "tibillet_base.group_manager")
        cls.hall_manager = cls._account_user("hall_manager", cls.hall, "tibillet_base.group_manager")
        cls.card = cls._card()
        cls.cashier_card = cls._cashier_card(cls.card)

    @classmethod
    def _cashier_card(cls, card, **vals):
        return cls.env["tibillet.cashier.card"].create(
            {
                "card_id": card.id,
                "user_id": cls.cashier.id,
                "company_id": cls.bar.id,
                "config_ids": [Command.set(cls.till.ids)],
                **vals,
            }
        )

    def _of(self, card):
        return self.env["tibillet.cashier.card"].with_user(self.cashier)._of_tap(self.uids[card.id])

    def test_a_tap_gives_its_cashier_card(self):
        self.assertEqual(self._of(self.card), self.cashier_card)
        self.assertTrue(self.cashier_card.is_valid)

    def test_a_customer_card_is_none(self):
        self.assertFalse(self._of(self._card(1000)))

    def test_a_blank_card_given_to_a_cashier_is_active(self):
        card = self._card(state="blank")
        self._cashier_card(card)
        self.assertEqual(card.state, "active")

    def test_rights_end_with_the_card(self):
        for state, code in (("lost", "lost"), ("blocked", "blocked"), ("void", "void")):
            with self.subTest(state=state):
                card = self._card()
                cashier_card = self._cashier_card(card)
                card.write({"state": state})
                self.assertFalse(self._of(card))
                self.assertEqual(cashier_card._refusal()[0], code)
                self.assertTrue(cashier_card.ended_on)

    def test_a_card_found_again_has_its_rights_back(self):
        self.card.write({"state": "lost"})
        self.card.write({"state": "active"})
        self.assertEqual(self._of(self.card), self.cashier_card)
        self.assertFalse(self.cashier_card.ended_on)

    def test_it_expires_after_its_last_day(self):
        today = fields.Date.context_today(self.cashier_card)
        self.cashier_card.expires_on = today
        self.assertTrue(self._of(self.card))
        self.cashier_card.expires_on = today - timedelta(days=1)
        self.assertFalse(self._of(self.card))
        self.assertEqual(self.cashier_card._refusal()[0], "expired")

    def test_archived_and_departed(self):
        self.cashier_card.active = False
        self.assertFalse(self._of(self.card))
        self.cashier_card.active = True
        self.cashier.active = False
        self.assertEqual(self.cashier_card._refusal()[0], "user")

    def test_another_till_is_refused(self):
        self.assertIsNone(self.cashier_card._refusal(self.till))
        self.assertEqual(self.cashier_card._refusal(self.hall_till)[0], "till")

    @mute_logger("odoo.sql_db")
    def test_a_card_has_one_cashier(self):
        with self.assertRaisesRegex(UniqueViolation, "card_once"), self.env.cr.savepoint():
            self._cashier_card(self.card, user_id=self.manager.id)
        self.cashier_card.active = False
        self.env.flush_all()
        self.assertTrue(self._cashier_card(self.card, user_id=self.manager.id))

    def test_another_persons_card_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "belongs to someone else"):
            self._cashier_card(self._card(partner=self.ann))

    def test_a_user_of_another_venue_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not work at"):
            self._cashier_card(self._card(), user_id=self.hall_manager.id)

    def test_a_till_of_another_venue_is_refused(self):
        with self.assertRaisesRegex(UserError, "Hall till"), self.env.cr.savepoint():
            self._cashier_card(self._card(), config_ids=[Command.set(self.hall_till.ids)])

    def test_a_manager_runs_those_of_their_venue(self):
        self.cashier_card.with_user(self.manager).expires_on = "2099-01-01"
        with self.assertRaises(AccessError):
            self.cashier_card.with_user(self.hall_manager).read(["expires_on"])

    def test_a_cashier_gives_no_rights(self):
        with self.assertRaises(AccessError):
            self.cashier_card.with_user(self.cashier).manager = True

    def test_smart_buttons(self):
        cards = self.env["tibillet.card"].with_user(self.manager)
        self.assertEqual(cards.browse(self.card.id).action_open_cashier_card()["res_id"], self.cashier_card.id)
        self.assertEqual(self.cashier.with_user(self.manager).tibillet_cashier_card_count, 1)
        action = self.cashier.with_user(self.manager).action_open_tibillet_cashier_cards()
        self.assertEqual(action["domain"], [("user_id", "=", self.cashier.id)])

    def test_an_order_says_who_sold(self):
        order = self._sync(self._order([self._beer_line()], [self._payment(self.till, "cash", 6.0)]))
        self.assertEqual(order.tibillet_cashier_id, self.cashier)
