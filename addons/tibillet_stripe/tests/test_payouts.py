import time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import StripeCase


@tagged("post_install", "-at_install")
class TestPayouts(StripeCase):
    """A payout in the books, line by line."""

    def usual(self, **values):
        """Two charges, a refund, a fee: 25.00 + 10.00 - 5.00, less 0.63 + 0.40 + 0.20."""
        self.ann_tx = self.paid(25.0, "pi_ann")
        self.bob_tx = self.paid(10.0, "pi_bob", self.bob_wallet)
        self.back = self.refunded(self.ann_tx, 5.0, "re_ann")
        return self.stripe.payout(
            "po_1",
            2877,
            self.stripe.charge("a", 2500, 63, "pi_ann"),
            self.stripe.charge("b", 1000, 40, "pi_bob"),
            self.stripe.refund("r", 500, "re_ann"),
            self.stripe.movement("txn_f", "stripe_fee", -20, description="Radar"),
            **values,
        )

    def by_account(self, moves):
        totals = {}
        for item in moves.line_ids:
            totals[item.account_id] = round(totals.get(item.account_id, 0.0) + item.balance, 2)
        return totals

    def test_charges_refunds_and_fees_are_booked_each_with_its_payment(self):
        self.usual()
        payout = self.learn("po_1")
        self.assertEqual((payout.state, payout.reason), ("booked", False))
        self.assertEqual((payout.gross, payout.refunds, payout.fees, payout.amount), (35.0, -5.0, 1.23, 28.77))
        outstanding = self.ann_tx.payment_id.outstanding_account_id
        fees = payout.provider_id._tibillet_stripe_fee_account()
        self.assertTrue(fees.with_company(self.bar).code.startswith("627"))
        self.assertEqual(
            self.by_account(payout.move_ids), {outstanding: -30.0, fees: 1.23, self.bar.transfer_account_id: 28.77}
        )
        self.assertEqual(payout.line_ids.transaction_id, self.ann_tx | self.bob_tx | self.back)
        for payment in (self.ann_tx | self.bob_tx | self.back).payment_id:
            items = payment.move_id.line_ids.filtered(lambda item: item.account_id == outstanding)
            self.assertTrue(items.reconciled)
        self.assertEqual(payout.transit_item_id.amount_residual, 28.77)
        self.assertControlZero(self.bar_euro)

    def test_told_and_asked_twice_books_once(self):
        self.usual()
        payout = self.learn("po_1")
        self.assertEqual(self.learn("po_1"), payout)
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_stripe.cron_payouts").method_direct_trigger()
        self.assertEqual(len(payout.move_ids), 1)
        self.assertEqual(self.env["tibillet.stripe.payout"].search_count([("name", "=", "po_1")]), 1)

    def test_the_daily_job_finds_what_no_message_told(self):
        self.usual()
        (self.env["payment.provider"].search([("code", "=", "stripe")]) - self.provider).state = "disabled"
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_stripe.cron_payouts").method_direct_trigger()
        self.assertEqual(self.env["tibillet.stripe.payout"].search([("name", "=", "po_1")]).state, "booked")

    def test_a_charge_that_nobody_knows_is_seen_and_matched_when_it_is_known(self):
        self.stripe.payout("po_1", 2437, self.stripe.charge("a", 2500, 63, "pi_ann"))
        payout = self.learn("po_1")
        suspense = self.provider.journal_id.suspense_account_id
        self.assertEqual((payout.state, payout.unknown_count), ("booked", 1))
        self.assertEqual(self.by_account(payout.move_ids)[suspense], -25.0)
        tx = self.paid(25.0, "pi_ann")
        payout.action_match_again()
        payout.action_match_again()
        self.assertEqual((payout.unknown_count, len(payout.move_ids)), (0, 2))
        self.assertEqual(self.by_account(payout.move_ids)[suspense], 0.0)
        self.assertEqual(
            self.by_account(payout.move_ids | tx.payment_id.move_id)[tx.payment_id.outstanding_account_id], 0
        )

    def test_a_payment_of_another_amount_is_not_taken_for_it(self):
        self.paid(24.0, "pi_ann")
        self.stripe.payout("po_1", 2437, self.stripe.charge("a", 2500, 63, "pi_ann"))
        self.assertEqual(self.learn("po_1").line_ids.state, "unknown")

    def test_disputes_are_named_and_wait_for_a_person(self):
        self.paid(25.0, "pi_ann")
        dispute = {"id": "dp_1", "object": "dispute", "payment_intent": "pi_ann"}
        lost = self.stripe.movement(
            "txn_d", "adjustment", -2500, 1500, dispute, reporting_category="dispute", description="Chargeback"
        )
        self.stripe.payout("po_1", -4000, lost)
        payout = self.learn("po_1")
        line = payout.line_ids
        self.assertEqual(
            (line.kind, line.state, line.transaction_id.provider_reference), ("dispute", "unknown", "pi_ann")
        )
        self.assertEqual(self.by_account(payout.move_ids)[self.bar.transfer_account_id], -40.0)

    def test_a_payout_that_is_not_the_sum_of_its_lines_is_refused(self):
        self.usual()["amount"] = 2878
        payout = self.learn("po_1")
        self.assertEqual((payout.state, payout.move_ids.ids), ("refused", []))
        self.assertIn("28.77", payout.reason)
        self.stripe.payouts["po_1"]["amount"] = 2877
        payout.amount = 28.77
        payout.action_book()
        self.assertEqual((payout.state, len(payout.line_ids)), ("booked", 4))

    def test_by_hand_in_another_currency_or_without_an_account_of_fees_it_says_why(self):
        self.usual(automatic=False)
        self.stripe.payout("po_2", 100, self.stripe.charge("z", 100, 0, "pi_z"), currency="usd")
        self.assertIn("by hand", self.learn("po_1").reason)
        self.assertIn("USD", self.learn("po_2").reason)
        self.stripe.payout("po_3", 90, self.stripe.charge("y", 100, 10, "pi_y"))
        accounts = self.env["account.account"].with_company(self.bar).search([("code", "=like", "627%")])
        for number, account in enumerate(accounts):
            account.code = f"609{number}99"
        self.assertIn("Choose the account", self.learn("po_3").reason)

    def test_a_payout_sent_back_by_the_bank_is_settled_by_the_one_that_takes_it(self):
        self.usual()
        first = self.learn("po_1")
        self.stripe.payouts["po_1"]["status"] = "failed"
        back = self.stripe.movement("txn_x", "payout_failure", 2877, 0, {"id": "po_1", "object": "payout"})
        self.stripe.payout("po_2", 2877, back)
        second = self.learn("po_1", "po_2") - first
        self.assertEqual((first.has_failed, len(first.move_ids), second.line_ids.state), (True, 1, "matched"))
        self.assertEqual((first.not_at_bank, second.not_at_bank), (0.0, 28.77))

    def test_a_locked_period_takes_the_first_open_day(self):
        self.bar.fiscalyear_lock_date = "2026-11-21"
        self.usual()
        self.assertEqual(str(self.learn("po_1").move_ids.date), "2026-11-22")

    def test_on_its_way_until_three_days_after_its_date(self):
        self.usual(day=time.strftime("%Y-%m-%d"))
        self.assertEqual(self.learn("po_1").not_at_bank, 0.0)
        self.stripe.payout("po_2", 100, self.stripe.charge("z", 100, 0, "pi_z"))
        self.assertEqual(self.learn("po_2").not_at_bank, 1.0)

    def test_a_stripe_that_does_not_answer_is_asked_again(self):
        self.usual()
        del self.stripe.movements["po_1"]
        with mute_logger("stripe"):
            self.stripe.stop()
            payout = self.learn("po_1")
        self.assertEqual(payout.state, "refused")
