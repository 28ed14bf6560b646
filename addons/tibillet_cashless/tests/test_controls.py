from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestControls(CashlessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("hall_accountant", cls.hall, "tibillet_base.group_accountant")

    def _numbers(self, company):
        """{kind: number} of what is not zero."""
        controls = self.env["tibillet.control"]._count(company)
        return {control.kind: control.number for control in controls if control.state == "different"}

    def _control_of(self, kind):
        self.env["tibillet.control"]._count(self.hall)
        return self.env["tibillet.control"].search([("kind", "=", kind), ("company_id", "=", self.hall.id)])

    def _behind(self, control):
        """Records that the control opens for the accountant."""
        action = control.with_user(self.accountant).action_open()
        return self.env[action["res_model"]].with_user(self.accountant).search(action["domain"])

    def test_a_day_leaves_every_number_at_zero(self):
        topped = self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        self._close(self.hall, 1, topups=[topped], topup_asset=self.hall_euro, topup_amount=50.0)
        self._spend(self.hall_place, self.bob_wallet, self.hall_euro, 1200)
        self.assertEqual(self._numbers(self.hall), {})
        self.assertEqual(self._numbers(self.bar), {})

    def test_wallets_red_for_an_entry_by_hand(self):
        self._till_entry(self.hall, self.hall_euro, 7.5)
        self.assertEqual(self._numbers(self.hall), {"wallets": 7.5})
        self.assertEqual(self._numbers(self.bar), {})
        behind = self._behind(self._control_of("wallets"))
        self.assertEqual(behind.filtered(lambda line: line.state == "different").asset_id, self.hall_euro)

    def test_balances_red_for_one_that_lies(self):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        self.env.cr.execute("ALTER TABLE tibillet_ledger_balance DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE tibillet_ledger_balance SET amount = amount + 1 WHERE asset_id = %s", [self.hall_euro.id]
        )
        self.assertEqual(self._numbers(self.hall), {"balances": 1, "wallets": 0.01})
        self.assertIn(self.bob_wallet, self._behind(self._control_of("balances")).wallet_id)

    def test_clearing_red_for_a_receivable_that_nothing_settles(self):
        topped = self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        self._close(self.hall, 1, topups=[topped], topup_asset=self.hall_euro, topup_amount=50.0)
        spent = self._spend(self.hall_place, self.bob_wallet, self.hall_euro, 1200)
        receivable = self.hall.account_default_pos_receivable_account_id or self.env["account.account"].with_company(
            self.hall
        ).search([("account_type", "=", "asset_receivable"), ("company_ids", "=", self.hall.id)], limit=1)
        booking = self._booking(self.hall, 2)
        move = booking._post_spends([spent], receivable, 12.0)
        self.assertEqual(self._numbers(self.hall), {"clearing": 12.0})
        self.assertEqual(self._behind(self._control_of("clearing")).move_id, move)

    def test_holds_red_after_a_day(self):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        place = self.hall_place.id
        ledger.hold(
            self.env.cr, "pos.payment:old", self.bob_wallet.id, 700, [self.hall_euro.id], place, "pos.session:1"
        )
        self.env["tibillet.ledger.transaction"]._forget_cache()
        self.assertEqual(self._numbers(self.hall), {})
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("ALTER TABLE tibillet_ledger_hold DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE tibillet_ledger_hold SET created_at = created_at - interval '25 hours' WHERE key = 'pos.payment:old'"
        )
        self.assertEqual(self._numbers(self.hall), {"holds": 1})
        self.assertEqual(self._behind(self._control_of("holds")).mapped("key"), ["pos.payment:old"])
        ledger.release(self.env.cr, "pos.payment:old")
        self.assertEqual(self._numbers(self.hall), {})

    def test_mirrors_red_when_one_fails(self):
        topped = self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        self._close(self.hall, 1, topups=[topped], topup_asset=self.hall_euro, topup_amount=50.0)
        spent = self._spend(self.bar_place, self.bob_wallet, self.hall_euro, 1200)
        self._close(self.bar, 2, spends=[spent], amount=12.0)
        self.hall.tibillet_wallet_journal_id.active = False
        self._run_mirrors()
        self.assertEqual(self._numbers(self.hall), {"mirrors": 1})
        self.assertEqual(self._behind(self._control_of("mirrors")).name, "Test/2")
        self.hall.tibillet_wallet_journal_id.active = True
        self._run_mirrors()
        self.assertEqual(self._numbers(self.hall), {})

    def test_the_page_counts_one_s_own_venues_only(self):
        self._till_entry(self.bar, self.bar_euro, 7.5)
        controls = self.env["tibillet.control"].with_user(self.accountant)
        action = controls.action_open_page()
        page = controls.search(action["domain"] if action.get("domain") else [])
        self.assertEqual(page.company_id, self.hall)
        self.assertEqual(set(page.mapped("state")), {"zero"})
        self.assertLess(fields.Datetime.now() - min(page.mapped("counted_at")), timedelta(minutes=1))
        bar = self.env["tibillet.control"]._count(self.bar)[:1]
        for act in ("action_open", "action_count"):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(bar.with_user(self.accountant), act)()

    def test_nobody_else_opens_it_and_nobody_writes_a_number(self):
        control = self.env["tibillet.control"]._count(self.hall)[:1]
        for group in ("tibillet_base.group_cashier", "tibillet_base.group_manager", "base.group_portal"):
            user = self._account_user(group, self.hall, group)
            with self.subTest(group=group), self.assertRaises(AccessError):
                control.with_user(user).read(["number"])
            with self.subTest(group=group), self.assertRaises(AccessError):
                control.with_user(user).action_open_page()
        with self.assertRaises(AccessError):
            control.with_user(self.accountant).number = 0

    def test_the_accountant_is_told_once_and_no_longer_when_it_is_mended(self):
        move = self._till_entry(self.hall, self.hall_euro, 7.5)
        with self.enter_registry_test_mode():
            cron = self.env.ref("tibillet_cashless.cron_count_controls")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        control = self._control_of("wallets")
        self.assertEqual(control.activity_ids.user_id, self.accountant)
        self.assertEqual(len(control.activity_ids), 1)
        self.assertIn("7.50", control.activity_ids.note)
        move.button_draft()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(control.activity_ids)
