from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.tibillet_base import keyring

from .common import OnlineCase


class TestGiveBack(OnlineCase):
    """A ceiling passed between the choice and the payment, a holder who left: the money goes back whole."""

    def setUp(self):
        super().setUp()
        self.bar_euro.ceiling = 5000
        self.let_refund()
        self.asked = []
        self.answer = self.refund

    def refund(self, tx):
        self.asked.append(tx.id)
        self.hear(tx)

    def refuse(self, tx):
        self.asked.append(tx.id)
        self.hear(tx, "_set_error", state_message="Card closed")

    def pass_the_ceiling(self):
        tx = self.start(40.0)
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        with mute_logger("odoo.sql_db"):
            self.hear(tx)
        return tx

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_payment.cron_give_back").method_direct_trigger()

    def test_nothing_enters_and_the_holder_is_told(self):
        tx = self.pass_the_ceiling()
        self.assertEqual((self.held(), tx.tibillet_state), (2000, "returning"))
        self.assertIn("giving them back", tx._tibillet_sentence())
        self.assertIn(tx, self.env["payment.transaction"]._tibillet_unsettled(self.ann_wallet))

    def test_the_job_gives_it_back_once_and_the_books_close(self):
        tx = self.pass_the_ceiling()
        self.run_job()
        self.run_job()
        self.assertEqual(len(self.asked), 1)
        refund = tx.child_transaction_ids
        self.assertEqual((tx.tibillet_state, refund.amount, self.held()), ("returned", -40.0, 2000))
        moves = tx.payment_id.move_id | refund.payment_id.move_id
        lines = moves.line_ids.filtered(lambda line: line.account_id == tx.payment_id.destination_account_id)
        self.assertEqual((len(lines), lines.mapped("reconciled")), (2, [True, True]))

    def test_what_was_given_back_is_never_credited_later(self):
        """Once there is room again, the payment is still the bank's: told anew, it neither enters nor goes back twice."""
        tx = self.pass_the_ceiling()
        self.run_job()
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        tx._post_process()
        self.run_job()
        self.assertEqual((tx.tibillet_state, self.held(), len(self.asked)), ("returned", 0, 1))

    def test_a_provider_that_refuses_leaves_it_to_a_person(self):
        self.answer = self.refuse
        tx = self.pass_the_ceiling()
        self.run_job()
        self.run_job()
        self.assertEqual((tx.tibillet_state, len(self.asked)), ("by_hand", 1))
        needs = self.env["tibillet.dashboard"]._needs(self.bar_place)
        self.assertIn("online-by-hand", [need["key"] for need in needs])

    def test_a_provider_without_refunds_leaves_it_to_a_person(self):
        tx = self.pass_the_ceiling()
        self.provider.state = "disabled"
        self.run_job()
        self.assertEqual((tx.tibillet_state, self.asked), ("by_hand", []))

    def test_an_erased_holder_is_paid_back(self):
        tx = self.start(25.0)
        self.ann_wallet._forget("erased")
        self.hear(tx)
        self.assertEqual(tx.tibillet_state, "returning")

    def test_no_money_leaves_a_copy_of_the_database(self):
        tx = self.pass_the_ceiling()
        with patch.object(keyring, "is_original", return_value=False):
            self.run_job()
        self.assertEqual((tx.tibillet_state, self.asked), ("returning", []))
