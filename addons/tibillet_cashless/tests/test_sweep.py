from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import ledger

from .sweep_common import SweepCase


@tagged("post_install", "-at_install")
class TestSweep(SweepCase):
    """What a festival's cards still hold goes back to it: shown, taken once, booked, and only what may be."""

    # --- what is taken ----------------------------------------------------------------------------------------------

    def test_shown_then_taken_then_booked(self):
        first, second = self._card(300), self._card(450)
        sweep = self._sweep()
        self.assertEqual((sweep.planned_count, sweep.swept_count, self._holds(first)), (2, 0, 300))
        self.assertIn("7.50", sweep.planned_text)
        sweep.action_sweep()
        self.assertEqual((self._holds(first), self._holds(second)), (0, 0))
        self.assertEqual((sweep.state, sweep.swept_count, sweep.swept_amount), ("done", 2, 750))
        self.assertEqual((sweep.swept_by_id, sweep.planned_count), (self.manager, 0))
        self.assertLines(self._entry(sweep), [("4191", None, 7.5), ("758", None, -7.5)])
        control = self.assertControlZero(self.bar_euro)
        self.assertEqual((control.by_hand, control.wallets), (0.0, 0.0))

    def test_it_is_on_the_statement_with_its_reason(self):
        card = self._card(300)
        sweep = self._sweep()
        sweep.action_sweep()
        last = card._wallet()._statement_moves()[-1]
        self.assertEqual((last.kind, last.amount, last.balance_after), ("void", -300, 0))
        self.assertEqual(last.transaction_id.reason_ids.text, sweep.name)

    def test_twice_takes_once(self):
        card = self._card(300)
        sweep = self._sweep()
        sweep.action_sweep()
        self._top_up(self.bar_place, card._wallet(), self.bar_euro, 200)
        sweep.action_sweep()
        self.assertEqual((self._holds(card), sweep.swept_amount), (200, 300))
        self.assertEqual(len(self._entry(sweep)), 1)

    def test_interrupted_it_goes_on_where_it_stopped(self):
        cards = [self._card(100) for _each in range(5)]
        sweep = self._sweep()
        with patch.object(ledger, "CHUNK", 2), patch.object(ledger.sweep, "__defaults__", (2,)):
            self.assertTrue(sweep._sweep_lot())
            self.assertEqual((sweep.state, sweep.swept_count), ("draft", 2))
            self.assertEqual(sweep.planned_count, 3)
            # Topped up again meanwhile: taken under this sweep once already, it is left alone.
            emptied = next(card for card in cards if not self._holds(card))
            self._top_up(self.bar_place, emptied._wallet(), self.bar_euro, 700)
            sweep.action_sweep()
        self.assertEqual((sweep.state, sweep.swept_count, sweep.swept_amount), ("done", 5, 500))
        self.assertEqual(sorted(map(self._holds, cards)), [0, 0, 0, 0, 700])
        self.assertEqual(
            sum(self._entry(sweep).line_ids.filtered(lambda line: line.balance > 0).mapped("balance")), 5.0
        )
        self.assertControlZero(self.bar_euro)

    def test_what_a_payment_holds_stays(self):
        card = self._card(1000)
        tap = ledger.hold(self.env.cr, "tap", card._wallet().id, 400, [self.bar_euro.id], self.bar_place.id, "test:1")
        sweep = self._sweep()
        sweep.action_sweep()
        self.assertEqual((self._holds(card), sweep.swept_amount), (400, 600))
        ledger.post(self.env.cr, ledger.Capture("tap", tap.key, 400, self.bar_place.wallet_id.id, self.bar_place.id))
        self.assertEqual(self._holds(card), 0)

    def test_gift_and_hours_are_emptied_without_an_entry(self):
        gift, hours = self.env["tibillet.asset"].create(
            [
                {
                    "name": "Bar gift",
                    "code": "GIFT",
                    "kind": "gift",
                    "place_id": self.bar_place.id,
                    "currency_id": self.bar_euro.currency_id.id,
                    "sweep_mode": "hand",
                },
                {"name": "Hours", "code": "H", "kind": "time", "place_id": self.bar_place.id, "sweep_mode": "hand"},
            ]
        )
        for asset in (gift, hours):
            card = self._card(60, asset)
            sweep = self._sweep(asset_id=asset.id)
            sweep.action_sweep()
            self.assertEqual((self._holds(card, asset), sweep.swept_count), (0, 1))
            self.assertFalse(self._entry(sweep))

    # --- what is left alone -----------------------------------------------------------------------------------------

    def test_cards_out_of_the_window_keep_theirs(self):
        card = self._card(300)
        before = fields.Datetime.now() - timedelta(hours=2)
        sweep = self._sweep(since=before - timedelta(hours=26), until=before)
        self.assertEqual(sweep.planned_count, 0)
        sweep.action_sweep()
        self.assertEqual((sweep.state, self._holds(card)), ("done", 300))

    def test_cards_used_elsewhere_keep_theirs(self):
        card = self._card(300, place=self.hall_place)
        self._sweep().action_sweep()
        self.assertEqual(self._holds(card), 300)

    def test_lost_and_blocked_cards_keep_theirs(self):
        lost, blocked = self._card(300), self._card(300)
        lost._declare_lost()
        blocked._block()
        self._sweep().action_sweep()
        self.assertEqual((self._holds(lost), self._holds(blocked)), (300, 300))

    def test_known_people_keep_theirs_unless_said(self):
        card = self._card(300, partner=self.ann)
        self._sweep().action_sweep()
        self.assertEqual(self._holds(card), 300)
        self._sweep(linked=True).action_sweep()
        self.assertEqual(self._holds(card), 0)

    def test_another_venues_money_on_the_card_stays(self):
        card = self._card(300)
        self._top_up(self.bar_place, card._wallet(), self.hall_euro, 900)
        self._sweep().action_sweep()
        self.assertEqual((self._holds(card), self._holds(card, self.hall_euro)), (0, 900))

    # --- what is refused --------------------------------------------------------------------------------------------

    def test_an_asset_that_did_not_choose_it(self):
        self.bar_euro.sweep_mode = False
        with self.assertRaisesRegex(ValidationError, "is not swept: choose it on the asset first"):
            self._sweep()

    def test_chosen_no_more_since(self):
        card, sweep = self._card(300), self._sweep()
        self.bar_euro.sweep_mode = False
        with self.assertRaisesRegex(ValidationError, "is not swept"), self.cr.savepoint():
            sweep.action_sweep()
        self.assertEqual(self._holds(card), 300)

    def test_shared_with_a_federation(self):
        federation = (
            self.env["tibillet.federation"]
            .sudo()
            .create(
                {
                    "name": "Test network",
                    "member_ids": [Command.create({"place_id": self.bar_place.id, "state": "accepted"})],
                }
            )
        )
        share = {"federation_id": federation.id, "asset_id": self.bar_euro.id}
        with self.assertRaisesRegex(ValidationError, "is swept: stop that"), self.cr.savepoint():
            self.env["tibillet.federation.share"].sudo().create(share)
        self.bar_euro.sweep_mode = False
        self.env["tibillet.federation.share"].sudo().create(share)
        with self.assertRaisesRegex(ValidationError, "shared with a federation.*never swept"):
            self.bar_euro.sweep_mode = "daily"

    def test_an_asset_issued_on_another_server(self):
        far = self.env["tibillet.place"].create({"name": "Far away", "slug": "far-away"})
        with self.assertRaisesRegex(ValidationError, "only its issuer may sweep it"):
            self.env["tibillet.asset"].create(
                {
                    "name": "Far euro",
                    "code": "FAR",
                    "place_id": far.id,
                    "currency_id": self.bar_euro.currency_id.id,
                    "sweep_mode": "hand",
                }
            )

    def test_another_venues_asset(self):
        self.hall_euro.sweep_mode = "hand"
        with self.assertRaises(AccessError):
            self._sweep(asset_id=self.hall_euro.id)

    @mute_logger("odoo.models")
    def test_a_cashier_and_an_accountant(self):
        self._card(300)
        sweep = self._sweep()
        cashier = self._account_user("bar_cashier", self.bar, "tibillet_base.group_cashier")
        accountant = self._account_user("bar_reader", self.bar, "tibillet_base.group_accountant")
        for user in (cashier, accountant):
            with self.assertRaises(AccessError), self.cr.savepoint():
                sweep.with_user(user).action_sweep()
        self.assertEqual(sweep.with_user(accountant).planned_count, 1)
        with self.assertRaises(AccessError):
            sweep.with_user(cashier).read(["planned_text"])

    @mute_logger("odoo.models")
    def test_the_neighbours_manager(self):
        sweep = self._sweep()
        neighbour = self._account_user("hall_manager", self.hall, "tibillet_base.group_manager")
        with self.assertRaises(AccessError):
            sweep.with_user(neighbour).action_sweep()
        self.assertFalse(self.env["tibillet.sweep"].with_user(neighbour).search([]))

    def test_what_was_taken_is_not_rewritten(self):
        self._card(300)
        sweep = self._sweep()
        with self.assertRaisesRegex(UserError, "by the sweep alone"), self.cr.savepoint():
            sweep.write({"swept_amount": 1})
        sweep.action_sweep()
        for forbidden in (lambda: sweep.write({"linked": True}), sweep.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"), self.cr.savepoint():
                forbidden()

    def test_a_window_that_ends_before_it_begins(self):
        now = fields.Datetime.now()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._sweep(since=now, until=now)
