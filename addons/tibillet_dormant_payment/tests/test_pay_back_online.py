from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.tibillet_payment.tests.common import OnlineCase


@tagged("post_install", "-at_install")
class TestPayBackOnline(OnlineCase):
    """What came by an online payment goes back to it, the rest by transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("bar_accountant", cls.bar, "tibillet_base.group_accountant")

    def setUp(self):
        super().setUp()
        self.let_refund()
        self.answer = self.hear

    def later(self):
        self.env.flush_all()
        return freeze_time(fields.Datetime.now() + relativedelta(months=7))

    def decide(self):
        rows = self.env["tibillet.dormant.balance"].with_user(self.accountant)
        rows.invalidate_model()
        action = rows.search([("wallet_id", "=", self.ann_wallet.id)]).action_pay_back()
        return rows.env[action["res_model"]].browse(action["res_id"])

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_payment.cron_give_back").method_direct_trigger()
        self.env.invalidate_all()

    def top_up_at_the_till(self, cents):
        key = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, cents)
        self._close(self.bar, key, topups=[key], topup_asset=self.bar_euro, topup_amount=cents / 100)

    def test_online_first_the_rest_by_transfer(self):
        tx = self.top_up_online(25.0)
        self.top_up_at_the_till(500)
        with self.later():
            decision = self.decide()
            self.assertEqual((decision.line_ids.online, decision.line_ids.amount), (2500, 3000))
            decision.action_confirm()
            decision.action_confirm()
        self.assertEqual(self.ann_wallet._amounts()[self.bar_euro.id], (2500, 2500))
        self.run_job()
        self.assertEqual(self.held(), 0)
        self.assertEqual(tx.child_transaction_ids.mapped("tibillet_state"), ["returned"])
        self.assertEqual((decision.line_ids.state, decision.line_ids.transfer), ("done", 5.0))
        self.assertControlZero(self.bar_euro)

    def test_a_provider_that_refuses_leaves_it_to_the_holder(self):
        self.top_up_online(25.0)
        self.answer = lambda tx: self.hear(tx, "_set_error", state_message="Card closed")
        with self.later():
            self.decide().action_confirm()
            self.run_job()
        self.assertEqual(self.ann_wallet._amounts()[self.bar_euro.id], (2500, 0))
        self.assertControlZero(self.bar_euro)

    def test_spent_meanwhile_asks_nothing_back(self):
        tx = self.top_up_online(25.0)
        with self.later():
            decision = self.decide()
            key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 2400)
            self._close(self.bar, key, spends=[key], amount=24.0)
            decision.action_confirm()
        self.assertEqual((decision.line_ids.state, decision.line_ids.online), ("left", 0))
        self.assertFalse(tx.child_transaction_ids)

    def test_the_mail_opens_the_wallet(self):
        self.bar_euro.dormant_after = 6
        self.top_up_online(25.0)
        with self.later():
            self.env["tibillet.dormant.notice"]._tell_lot()
        notice = self.env["tibillet.dormant.notice"].search([("wallet_id", "=", self.ann_wallet.id)])
        self.assertIn(f"{notice.get_base_url()}/my/wallet", notice.sudo().mail_id.body_html)
