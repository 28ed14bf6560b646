from odoo.exceptions import UserError

from .common import OnlineCase


class TestRefund(OnlineCase):
    """What is left of what was paid online goes back, in parts, each once, and never more."""

    def setUp(self):
        super().setUp()
        self.let_refund()
        self.answer = self.hear

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_payment.cron_give_back").method_direct_trigger()
        self.env.invalidate_all()

    def ask(self, cents, key):
        return self.ann_wallet._online_refund(self.bar_euro, cents, key)

    def free(self):
        amount, held = self.ann_wallet._amounts()[self.bar_euro.id]
        return amount - held

    def test_in_two_parts_then_a_third_is_refused(self):
        tx = self.top_up_online(25.0)
        for cents, key, left in ((1000, "a", 1500), (1500, "b", 0)):
            [refund] = self.ask(cents, key)
            self.assertEqual((self.free(), refund.state), (left, "draft"))
            self.run_job()
            self.assertEqual((self.held(), refund.tibillet_state, refund.source_transaction_id), (left, "returned", tx))
            self.assertControlZero(self.bar_euro)
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        with self.assertRaisesRegex(UserError, "At most"):
            self.ask(1, "c")

    def test_the_books_of_a_refund_are_those_of_the_top_up_reversed(self):
        tx = self.top_up_online(25.0)
        [refund] = self.ask(1000, "a")
        self.run_job()
        self.assertEqual(self.entries(refund)[self.bar_euro.account_id], 10.0)
        self.assertEqual(sum(self.entries(refund).values()), 0.0)
        self.assertTrue(all(self.entries(refund).values()))
        self.assertNotIn(tx.payment_id.destination_account_id, self.entries(refund))

    def test_asked_twice_is_given_once(self):
        self.top_up_online(25.0)
        self.assertEqual(self.ask(1000, "a"), self.ask(1000, "a"))
        self.run_job()
        self.run_job()
        self.assertEqual(self.held(), 1500)

    def test_the_most_recent_adequate_payment_else_several(self):
        old, recent = self.top_up_online(50.0), self.top_up_online(20.0)
        self.assertEqual(self.ask(1500, "a").source_transaction_id, recent)
        self.assertEqual(self.ask(4000, "b").source_transaction_id, old)
        self.assertEqual(self.ask(1200, "c").source_transaction_id, recent | old)
        self.run_job()
        self.assertEqual(self.held(), 300)

    def test_never_more_than_the_balance_nor_what_was_paid_online(self):
        self.top_up_online(25.0)
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        self.assertEqual(self.ann_wallet._online_refundable(self.bar_euro), 2500)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self.assertEqual(self.ann_wallet._online_refundable(self.bar_euro), 1500)
        for cents in (1501, 0, -100):
            with self.assertRaises(UserError):
                self.ask(cents, f"k{cents}")
        self.bar_euro.refundable = False
        self.assertEqual(self.ann_wallet._online_refundable(self.bar_euro), 0)

    def test_a_refusal_of_the_provider_frees_the_money(self):
        self.top_up_online(25.0)
        self.answer = lambda tx: self.hear(tx, "_set_error", state_message="Card closed")
        self.ask(1000, "a")
        self.assertEqual(self.free(), 1500)
        self.run_job()
        self.assertEqual((self.free(), self.held()), (2500, 2500))
        self.assertEqual(self.ann_wallet._online_refundable(self.bar_euro), 2500)

    def test_a_refund_made_at_the_provider_s_desk_leaves_the_wallet(self):
        tx = self.top_up_online(25.0)
        refund = tx._refund(5.0)
        refund._post_process()
        self.assertEqual((refund.tibillet_state, self.held()), ("returned", 2000))
        self.assertControlZero(self.bar_euro)

    def test_given_back_at_the_desk_and_spent_already_waits_for_a_person(self):
        tx = self.top_up_online(25.0)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2400)
        refund = tx._refund(5.0)
        refund._post_process()
        self.assertEqual((refund.tibillet_state, self.held()), ("by_hand", 100))

    def test_a_bank_that_sends_it_back_days_later_waits_for_a_person(self):
        self.top_up_online(25.0)
        refund = self.ask(1000, "a")
        self.run_job()
        self.hear(refund, "_set_error", state_message="Account closed", extra_allowed_states=("done",))
        self.assertEqual((refund.state, refund.tibillet_state), ("error", "by_hand"))
