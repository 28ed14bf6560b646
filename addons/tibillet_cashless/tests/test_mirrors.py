from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestMirrors(CashlessCase):
    """The issuer's side of what another venue closed."""

    def _mirror(self, session=1, issuer=None):
        return (
            self.env["tibillet.booking"]
            .sudo()
            .search(
                [
                    ("origin", "=", f"pos.session:{session}"),
                    ("company_id", "=", (issuer or self.hall).id),
                ]
            )
        )

    def _close_hall_card_at_bar(self, session=1, cents=1200):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        key = self._spend(self.bar_place, self.bob_wallet, self.hall_euro, cents)
        return self._close(self.bar, session, spends=[key], amount=cents / 100)

    def test_spend_is_mirrored(self):
        booking = self._close_hall_card_at_bar()
        self.assertLines(booking.move_ids, [("467", self.hall.partner_id, 12.0), ("411", None, -12.0)])
        self.assertEqual(self._mirror().state, "pending")
        self._run_mirrors()
        self.assertEqual(self._mirror().state, "posted")
        self.assertLines(self._mirror().move_ids, [("4191", None, 12.0), ("467", self.bar.partner_id, -12.0)])
        self.assertEqual(self._mirror().move_ids.company_id, self.hall)

    def test_top_up_and_pay_back_are_mirrored_the_other_way(self):
        topped = [self._top_up(self.bar_place, self.bob_wallet, self.hall_euro, 3000)]
        self._close(self.bar, 1, topups=topped, topup_asset=self.hall_euro, topup_amount=30.0)
        paid = [self._cash_out(self.bar_place, self.bob_wallet, self.hall_euro, 1000)]
        self._close(self.bar, 2, topups=paid, topup_asset=self.hall_euro, topup_amount=-10.0)
        self._run_mirrors()
        self.assertLines(self._mirror(1).move_ids, [("4191", None, -30.0), ("467", self.bar.partner_id, 30.0)])
        self.assertLines(self._mirror(2).move_ids, [("4191", None, 10.0), ("467", self.bar.partner_id, -10.0)])

    def test_refund_of_goods_is_mirrored_with_what_was_spent(self):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        keys = [
            self._spend(self.bar_place, self.bob_wallet, self.hall_euro, 1200),
            self._refund(self.bar_place, self.bob_wallet, self.hall_euro, 200),
        ]
        self._close(self.bar, 1, spends=keys, amount=10.0)
        self._run_mirrors()
        self.assertLines(self._mirror().move_ids, [("4191", None, 10.0), ("467", self.bar.partner_id, -10.0)])

    def test_only_the_issuers_own_currency_is_in_its_mirror(self):
        self._top_up(self.bar_place, self.bob_wallet, self.bar_euro, 500)
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 500)
        keys = [
            self._spend(self.bar_place, self.bob_wallet, self.bar_euro, 500),
            self._spend(self.bar_place, self.bob_wallet, self.hall_euro, 300),
        ]
        self._close(self.bar, 1, spends=keys, amount=8.0)
        self._run_mirrors()
        self.assertLines(self._mirror().move_ids, [("4191", None, 3.0), ("467", self.bar.partner_id, -3.0)])

    def test_closing_wakes_the_job(self):
        cron = self.env.ref("tibillet_cashless.cron_post_mirrors")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self._close_hall_card_at_bar()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_own_currency_needs_no_mirror(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 500)
        key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 500)
        self._close(self.bar, 1, spends=[key], amount=5.0)
        self.assertFalse(self._mirror())

    def test_running_twice_books_once(self):
        self._close_hall_card_at_bar()
        self._run_mirrors()
        self._run_mirrors()
        self._mirror().action_book_now()
        self.assertEqual(len(self._mirror().move_ids), 1)
        self.assertEqual(self.hall_euro.account_id.with_company(self.hall).current_balance, 12.0)

    def test_scheduling_twice_makes_one_mirror(self):
        booking = self._close_hall_card_at_bar()
        self.assertFalse(booking._schedule_mirrors())
        self.assertEqual(len(self._mirror()), 1)

    def test_two_venues_may_call_a_closing_the_same(self):
        self._close_hall_card_at_bar(1)
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 900)
        key = self._spend(self.hall_place, self.ann_wallet, self.bar_euro, 900)
        self._close(self.hall, 1, spends=[key], amount=9.0)
        self._run_mirrors()
        mirrors = self.env["tibillet.booking"].search([("origin", "=", "pos.session:1"), ("is_mirror", "=", True)])
        self.assertEqual(sorted(mirrors.company_id.mapped("name")), ["Bar", "Hall"])
        self.assertControlZero(self.bar_euro)
        self.assertControlZero(self.hall_euro)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_one_booking_per_closing_and_company(self):
        self._close_hall_card_at_bar()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._mirror().copy({"origin": "pos.session:1"})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_one_booking_of_a_transaction_per_company(self):
        booking = self._close_hall_card_at_bar()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            booking.booked_ids.copy()

    def test_a_locked_issuer_stops_nobody(self):
        """The hall has closed its year: the bar closes its till, the hall's entry moves to the first open day."""
        self.hall.fiscalyear_lock_date = "2099-12-31"
        booking = self._close_hall_card_at_bar()
        self.assertEqual(booking.move_ids.date, booking.date)
        self._run_mirrors()
        self.assertEqual((self._mirror().state, str(self._mirror().move_ids.date)), ("posted", "2100-01-01"))

    def test_hard_lock_moves_the_date_too(self):
        booking = self._close_hall_card_at_bar()
        self._mirror().date = "2026-01-15"
        self.hall.hard_lock_date = "2026-01-31"
        self._run_mirrors()
        self.assertEqual(str(self._mirror().move_ids.date), "2026-02-01")
        self.assertEqual(booking.state, "posted")

    def test_what_prevents_it_is_shown_to_the_issuers_accountant(self):
        accountant = self._account_user("hall_accountant", self.hall, "tibillet_base.group_accountant")
        self._close_hall_card_at_bar()
        self.hall.tibillet_wallet_journal_id.active = False
        self._run_mirrors()
        mirror = self._mirror()
        self.assertEqual(mirror.state, "failed")
        self.assertIn(self.hall.tibillet_wallet_journal_id.name, mirror.error)
        self.assertEqual(mirror.activity_ids.user_id, accountant)
        self.assertFalse(mirror.booked_ids, "nothing is half booked")
        self._run_mirrors()
        self.assertEqual(len(self._mirror().activity_ids), 1, "one reminder, however often it fails")
        self.hall.tibillet_wallet_journal_id.active = True
        mirror.with_user(accountant).action_book_now()
        self.assertEqual((mirror.state, mirror.error), ("posted", False))
        self.assertFalse(mirror.activity_ids)

    def test_one_failure_does_not_stop_the_next(self):
        self._close_hall_card_at_bar()
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 900)
        key = self._spend(self.hall_place, self.ann_wallet, self.bar_euro, 900)
        self._close(self.hall, 2, spends=[key], amount=9.0)
        self.hall.tibillet_wallet_journal_id.active = False
        self._run_mirrors()
        self.assertEqual(self._mirror(1).state, "failed")
        self.assertEqual(self._mirror(2, issuer=self.bar).state, "posted")

    @mute_logger("odoo.addons.tibillet_cashless.models.booking_mirror")
    def test_a_job_that_breaks_half_way_starts_again(self):
        self._close_hall_card_at_bar()
        booking_class = self.env.registry["tibillet.booking"]
        with patch.object(booking_class, "_post_entry", side_effect=ZeroDivisionError("power cut")):
            self._run_mirrors()
        self.assertEqual((self._mirror().state, self._mirror().error), ("failed", "power cut"))
        self.assertFalse(self._mirror().booked_ids)
        self._run_mirrors()
        self.assertEqual(self._mirror().state, "posted")

    def test_venues_owe_each_other_the_same(self):
        self._close_hall_card_at_bar(1, 1200)
        self._close_hall_card_at_bar(2, 700)
        topped = [self._top_up(self.hall_place, self.ann_wallet, self.bar_euro, 2500)]
        self._close(self.hall, 3, topups=topped, topup_asset=self.bar_euro, topup_amount=25.0)
        self._run_mirrors()
        owed = {
            company: sum(
                self.env["account.move.line"]
                .search(
                    [
                        ("account_id", "=", company.tibillet_settlement_account_id.id),
                        ("parent_state", "=", "posted"),
                    ]
                )
                .mapped("balance")
            )
            for company in (self.bar, self.hall)
        }
        self.assertEqual(owed, {self.bar: 44.0, self.hall: -44.0})

    def test_nobody_writes_bookings(self):
        self._close_hall_card_at_bar()
        reader = self._account_user("hall_reader", self.hall, "tibillet_base.group_accountant")
        with self.assertRaises(UserError):
            self._mirror().with_user(reader).state = "posted"
