from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestOfficeOperations(CashlessCase):
    """What an accountant does without a till."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("bar_accountant", cls.bar, "tibillet_base.group_accountant")

    def _wizard(self, **values):
        return (
            self.env["tibillet.wallet.operation"]
            .with_user(self.accountant)
            .with_company(self.bar)
            .create(
                {
                    "partner_id": self.ann.id,
                    "asset_id": self.bar_euro.id,
                    "amount": 40.0,
                    "reason": "Transfer of 12 June",
                    "account_id": self.bar.transfer_account_id.id,
                    **values,
                }
            )
        )

    def test_top_up_changes_wallet_and_books_together(self):
        self._wizard().action_confirm()
        self.assertEqual(self.ann_wallet._amounts()[self.bar_euro.id], (4000, 0))
        move = self.env["tibillet.booking"].search([("name", "=", "Transfer of 12 June")]).move_ids
        self.assertLines(move, [("4191", None, -40.0), ("58", self.ann, 40.0)])
        self.assertControlZero(self.bar_euro)

    def test_the_button_twice_tops_up_once(self):
        wizard = self._wizard()
        wizard.action_confirm()
        wizard.action_confirm()
        self.assertEqual(self.ann_wallet._amounts()[self.bar_euro.id], (4000, 0))
        self.assertControlZero(self.bar_euro)

    def test_pay_back(self):
        self._wizard().action_confirm()
        wizard = self._wizard(operation="cash_out", amount=15.0, reason="Paid back")
        self.assertEqual(wizard.available, 40.0)
        wizard.action_confirm()
        move = self.env["tibillet.booking"].search([("name", "=", "Paid back")]).move_ids
        self.assertLines(move, [("4191", None, 15.0), ("58", self.ann, -15.0)])
        self.assertEqual(self._control(self.bar_euro).wallets, 25.0)
        self.assertControlZero(self.bar_euro)

    def test_more_than_the_wallet_holds(self):
        self._wizard().action_confirm()
        with self.assertRaisesRegex(UserError, "holds.*10.00.*less than that"), self.cr.savepoint():
            self._wizard(operation="cash_out", amount=50.0).action_confirm()
        self.assertControlZero(self.bar_euro)

    @mute_logger("odoo.sql_db")
    def test_beyond_the_ceiling(self):
        self.bar_euro.ceiling = 3000
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "ceiling of.*30.00"), self.cr.savepoint():
            self._wizard().action_confirm()

    def test_not_refundable(self):
        self.bar_euro.refundable = False
        with self.assertRaisesRegex(UserError, "is not paid back"):
            self._wizard(operation="cash_out").action_confirm()

    def test_amounts_that_are_none(self):
        for amount in (0.0, -5.0):
            with self.assertRaisesRegex(ValidationError, "above zero"), self.cr.savepoint():
                self._wizard(amount=amount)

    def test_no_holder(self):
        with self.assertRaisesRegex(UserError, "card or its holder"):
            self._wizard(partner_id=False).action_confirm()

    def test_another_venues_money(self):
        with self.assertRaisesRegex(UserError, "is not money of"):
            self._wizard(asset_id=self.hall_euro.id).action_confirm()

    def test_a_cashier_has_no_office(self):
        cashier = self._account_user("bar_cashier", self.bar, "tibillet_base.group_cashier")
        for model in ("tibillet.wallet.operation", "tibillet.book.operations"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(cashier).create({})

    def test_operations_outside_the_tills_are_booked_by_hand(self):
        """A card is voided with 8 euros on it: other income, by the accountant's choice of account."""
        self._wizard().action_confirm()
        self._move("void", self.bar_place, self.ann_wallet, self.bar_euro, -800, key="void:1")
        self.assertEqual(self._control(self.bar_euro).by_hand, -8.0)
        income = self.company_data["default_account_revenue"]
        wizard = (
            self.env["tibillet.book.operations"]
            .with_user(self.accountant)
            .with_company(self.bar)
            .create(
                {"name": "Voided", "account_id": income.id},
            )
        )
        self.assertEqual((wizard.transaction_ids.mapped("key"), wizard.amount), (["void:1"], -8.0))
        wizard.action_book()
        move = self.env["tibillet.booking"].search([("name", "=", "Voided")]).move_ids
        self.assertLines(move, [("4191", None, 8.0), ("70", None, -8.0)])
        self.assertEqual(self.assertControlZero(self.bar_euro).by_hand, 0.0)
        again = (
            self.env["tibillet.book.operations"]
            .with_user(self.accountant)
            .with_company(self.bar)
            .create(
                {"name": "Voided", "account_id": income.id},
            )
        )
        with self.assertRaisesRegex(UserError, "Nothing to book"):
            again.action_book()

    def test_by_hand_on_another_venues_currency_makes_a_mirror(self):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 1000)
        self._move("reversal", self.bar_place, self.bob_wallet, self.hall_euro, 200, key="reversal:1")
        self.env["tibillet.book.operations"].with_user(self.accountant).with_company(self.bar).create(
            {"name": "Mended", "account_id": self.company_data["default_account_expense"].id},
        ).action_book()
        self._run_mirrors()
        mirror = self.env["tibillet.booking"].search([("name", "=", "Mended"), ("company_id", "=", self.hall.id)])
        self.assertLines(mirror.move_ids, [("4191", None, -2.0), ("467", self.bar.partner_id, 2.0)])
        self.assertControlZero(self.hall_euro)
