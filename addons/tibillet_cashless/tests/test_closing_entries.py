from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestClosingEntries(CashlessCase):
    """The merchant's side, line by line as the table of docs/accounting.md."""

    def test_spend_debits_the_liability(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        keys = [self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1250) for _tap in range(2)]
        move = self._booking(self.bar, 1)._post_spends(keys, self.receivable, 25.0)
        self.assertLines(move, [("4191", None, 25.0), ("411", None, -25.0)])
        self.assertEqual(move.journal_id, self.bar.tibillet_wallet_journal_id)
        self.assertTrue(move.inalterable_hash)

    def test_refund_is_deducted_from_what_was_spent(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        spent = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        back = self._refund(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        move = self._booking(self.bar, 1)._post_spends([spent, back], self.receivable, 17.0)
        self.assertLines(move, [("4191", None, 17.0), ("411", None, -17.0)])

    def test_only_refunds_credit_the_liability(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        back = self._refund(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        move = self._booking(self.bar, 1)._post_spends([back], self.receivable, -3.0)
        self.assertLines(move, [("4191", None, -3.0), ("411", None, 3.0)])

    def test_payments_that_cancel_out_make_no_entry_and_are_booked(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        keys = [
            self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 800),
            self._refund(self.bar_place, self.ann_wallet, self.bar_euro, 800),
        ]
        booking = self._booking(self.bar, 1)
        self.assertFalse(booking._post_spends(keys, self.receivable, 0.0))
        self.assertEqual(booking.booked_ids.transaction_id.mapped("key"), keys)

    def test_one_payment_out_of_two_currencies(self):
        """Gift first, then the bar's euro, then the hall's: three debits, one credit."""
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Thanks",
                "code": "GIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        self._move("issue", self.bar_place, self.ann_wallet, gift, 200, key="gift:1")
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        self._top_up(self.hall_place, self.ann_wallet, self.hall_euro, 1000)
        keys = [
            self._spend(self.bar_place, self.ann_wallet, gift, 200),
            self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 300),
            self._spend(self.bar_place, self.ann_wallet, self.hall_euro, 500),
        ]
        move = self._booking(self.bar, 1)._post_spends(keys, self.receivable, 10.0)
        self.assertLines(
            move,
            [
                ("6234", None, 2.0),
                ("4191", None, 3.0),
                ("467", self.hall.partner_id, 5.0),
                ("411", None, -10.0),
            ],
        )

    def test_gift_is_booked_when_spent_and_not_when_given(self):
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Thanks",
                "code": "GIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        given = self._move("issue", self.bar_place, self.ann_wallet, gift, 500, key="gift:1")
        spent = self._spend(self.bar_place, self.ann_wallet, gift, 500)
        booking = self._booking(self.bar, 1)
        self.assertFalse(booking._holder_lines(booking._claim([given])))
        self.assertEqual([line["balance"] for line in booking._holder_lines(booking._claim([spent]))], [5.0])
        self.env["tibillet.ledger.transaction"]._reverse("gift:undo", spent, self.bar_place)
        self.assertEqual([line["balance"] for line in booking._holder_lines(booking._claim(["gift:undo"]))], [-5.0])

    def test_two_own_currencies_that_cancel_out_are_both_booked(self):
        """One of the two rises by what the other falls: nothing is due, both accounts move all the same."""
        other = self.env["tibillet.asset"].create(
            {
                "name": "Bar crown",
                "code": "CRW",
                "kind": "money",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        self._top_up(self.bar_place, self.ann_wallet, other, 700)
        keys = [
            self._spend(self.bar_place, self.ann_wallet, other, 700),
            self._refund(self.bar_place, self.ann_wallet, self.bar_euro, 700),
        ]
        move = self._booking(self.bar, 1)._post_spends(keys, self.receivable, 0.0)
        self.assertEqual(
            {line.account_id: line.balance for line in move.line_ids},
            {other.account_id: 7.0, self.bar_euro.account_id: -7.0},
        )

    def test_top_up_is_taken_from_the_tills_own_entry(self):
        keys = [self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 4000)]
        move = self._till_entry(self.bar, self.bar_euro, 40.0)
        booking = self._booking(self.bar, 1)
        booking._attach(keys, move)
        self.assertEqual(move.tibillet_booking_id, booking)
        self.assertLines(move, [("4191", None, -40.0), ("58", None, 40.0)])

    def test_pay_back_debits_the_liability(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 4000)
        keys = [self._cash_out(self.bar_place, self.ann_wallet, self.bar_euro, 1500)]
        move = self._till_entry(self.bar, self.bar_euro, -15.0)
        self._booking(self.bar, 1)._attach(keys, move)
        self.assertLines(move, [("4191", None, 15.0), ("58", None, -15.0)])

    def test_another_venues_currency_goes_to_the_settlement_account(self):
        topped = [self._top_up(self.bar_place, self.bob_wallet, self.hall_euro, 3000)]
        move = self._till_entry(self.bar, self.hall_euro, 30.0)
        self._booking(self.bar, 1)._attach(topped, move)
        self.assertLines(move, [("467", self.hall.partner_id, -30.0), ("58", None, 30.0)])

    def test_the_till_must_say_what_the_ledger_says(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        with self.assertRaisesRegex(UserError, "the till says.*10.50.*the wallets say.*10.00"), self.cr.savepoint():
            self._booking(self.bar, 1)._post_spends([key], self.receivable, 10.5)
        self.assertFalse(self.env["tibillet.booking"].search([("origin", "=", "pos.session:1")]))

    def test_the_tills_entry_must_say_what_the_ledger_says(self):
        keys = [self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 4000)]
        with self.assertRaisesRegex(UserError, "the till says"):
            self._booking(self.bar, 1)._attach(keys, self._till_entry(self.bar, self.bar_euro, 39.0))

    def test_an_operation_is_booked_once(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        self._booking(self.bar, 1)._post_spends([key], self.receivable, 10.0)
        with self.assertRaisesRegex(UserError, "already in its books"), self.cr.savepoint():
            self._booking(self.bar, 2)._post_spends([key], self.receivable, 10.0)
        self.assertEqual(self.bar_euro.account_id.with_company(self.bar).current_balance, 10.0)

    def test_unknown_and_foreign_operations_are_refused(self):
        self._top_up(self.hall_place, self.ann_wallet, self.hall_euro, 5000)
        elsewhere = self._spend(self.hall_place, self.ann_wallet, self.hall_euro, 1000)
        for key in ("pos.payment:no-such", elsewhere):
            with self.assertRaisesRegex(UserError, "not in this venue's ledger"), self.cr.savepoint():
                self._booking(self.bar, 1)._post_spends([key], self.receivable, 10.0)

    def test_points_and_time_stay_out_of_the_books(self):
        hours = self.env["tibillet.asset"].create(
            {
                "name": "Hours",
                "code": "HRS",
                "kind": "time",
                "place_id": self.bar_place.id,
            }
        )
        self._move("issue", self.bar_place, self.ann_wallet, hours, 120, key="hours:1")
        key = self._spend(self.bar_place, self.ann_wallet, hours, 60)
        self.assertFalse(self._booking(self.bar, 1)._post_spends([key], self.receivable, 0.0))
        with self.assertRaisesRegex(UserError, "no place in these books"):
            hours._counterpart_account(self.bar)

    def test_the_entry_falls_on_the_first_open_day(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        booking = self._booking(self.bar, 1)
        booking.date = "2026-02-10"
        self.bar.fiscalyear_lock_date = "2026-03-31"
        move = booking._post_spends([key], self.receivable, 10.0)
        self.assertEqual(str(move.date), "2026-04-01")
