from unittest.mock import patch

from odoo.tools import mute_logger

from .common import OnlineCase


class TestCredit(OnlineCase):
    """Credited once, at once, and in the books."""

    def test_paid_is_on_the_wallet_in_the_request_that_learns_it(self):
        tx = self.start(25.0)
        self.assertEqual(self.held(), 0)
        self.hear(tx)
        self.assertEqual(self.held(), 2500)
        self.assertEqual((tx.state, tx.tibillet_state, tx.is_post_processed), ("done", "credited", True))

    def test_the_books_owe_the_holder_and_the_provider_owes_the_venue(self):
        tx = self.top_up_online(25.0)
        outstanding = tx.payment_id.outstanding_account_id
        self.assertEqual(self.entries(tx), {outstanding: 25.0, self.bar_euro.account_id: -25.0})
        receivable = tx.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_id == tx.payment_id.destination_account_id
        )
        self.assertTrue(receivable.reconciled)
        self.assertEqual(self.assertControlZero(self.bar_euro).booked, 25.0)

    def test_replayed_reordered_and_polled_credit_once(self):
        tx = self.top_up_online(25.0)
        self.hear(tx)
        with mute_logger("odoo.addons.payment.models.payment_transaction"):
            self.hear(tx, "_set_pending")
        tx._post_process()
        tx.is_post_processed = False
        tx._post_process()
        self.assertEqual(self.held(), 2500)
        self.assertEqual(self.env["account.payment"].search_count([("payment_transaction_id", "=", tx.id)]), 1)
        self.assertControlZero(self.bar_euro)

    def test_delayed_payment_credits_when_it_settles(self):
        tx = self.start(30.0)
        self.hear(tx, "_set_pending")
        self.assertEqual(self.held(), 0)
        self.assertIn(tx, self.env["payment.transaction"]._tibillet_unsettled(self.ann_wallet))
        self.hear(tx)
        self.assertEqual(self.held(), 3000)

    def test_declined_credits_nothing(self):
        tx = self.start(30.0)
        self.hear(tx, "_set_error", state_message="Declined")
        self.assertEqual((self.held(), tx.tibillet_state), (0, False))

    def test_another_amount_or_currency_is_refused(self):
        for said in ({"amount": 24.99}, {"amount": 2500.0}, {"currency": "USD"}):
            with self.subTest(said=said):
                tx = self.start(25.0)
                self.hear(tx, **said)
                self.assertEqual((tx.state, self.held()), ("error", 0))

    def test_what_fails_is_noted_as_paid_and_the_cron_credits(self):
        tx = self.start(25.0)
        booking = type(self.env["tibillet.booking"])
        broken = patch.object(booking, "_post_operations", side_effect=ValueError("broken"))
        with broken, mute_logger("odoo.addons.tibillet_payment.models.payment_transaction"):
            self.hear(tx)
        self.assertEqual((tx.state, tx.is_post_processed, self.held()), ("done", False, 0))
        tx._post_process()
        self.assertEqual(self.held(), 2500)
        self.assertControlZero(self.bar_euro)

    def test_a_holder_merged_meanwhile_is_credited_under_the_other_name(self):
        tx = self.start(25.0)
        self.ann_wallet._forget("merged")
        tx.partner_id = self.bob
        self.hear(tx)
        self.assertEqual(self.held(self.bob_wallet), 2500)
