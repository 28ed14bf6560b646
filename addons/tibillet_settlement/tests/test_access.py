from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SettlementCase


@tagged("post_install", "-at_install")
class TestAccess(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("hall_settle", cls.hall, "tibillet_base.group_accountant")
        cls.cashier = cls._account_user("hall_till", cls.hall, "tibillet_base.group_cashier")
        cls.network = cls._account_user("net_settle", cls.festival, "tibillet_base.group_network_manager")

    def setUp(self):
        super().setUp()
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._act("spend", self.festival_place, self.bar_euro, 500)
        self._run_mirrors()
        self._statements()
        self.transfer = self._pay(self.bar, self.festival, 5.0)

    def test_an_accountant_sees_their_own_side_only(self):
        for model in ("move", "pair", "statement"):
            found = self.env[f"tibillet.settlement.{model}"].with_user(self.accountant).search([])
            self.assertEqual(found.company_id, self.hall, model)
        lines = self.env["tibillet.settlement.statement.line"].with_user(self.accountant).search([])
        self.assertEqual(lines.statement_id.company_id, self.hall)
        self.assertFalse(self.env["tibillet.settlement.transfer"].with_user(self.accountant).search([]))

    def test_the_network_manager_sees_all(self):
        pairs = self.env["tibillet.settlement.pair"].with_user(self.network).search([])
        self.assertLessEqual(self.companies, pairs.company_id)

    def test_nobody_writes_figures(self):
        statement = self._side(self.hall, self.bar).with_user(self.accountant)
        pair = self._pair(self.hall, self.bar).with_user(self.accountant)
        pair.cap = 100.0
        for forbidden in (
            lambda: statement.write({"closing": 1.0}),
            statement.unlink,
            lambda: statement.line_ids.write({"amount": 1.0}),
            lambda: pair.write({"lock": 7}),
            lambda: pair.write({"other_id": self.festival.id}),
            pair.unlink,
            lambda: self.transfer.with_user(self.network).write({"amount": 1.0}),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_only_the_payers_accountant_records_a_transfer(self):
        for user in (self.accountant, self.cashier):
            with self.assertRaises(AccessError):
                self._pay(self.bar, self.hall, 1.0, key=f"x:{user.id}", user=user)

    def test_a_cashier_sees_none_of_it(self):
        for model in ("move", "pair", "statement", "statement.line", "transfer", "netting"):
            with self.assertRaises(AccessError):
                self.env[f"tibillet.settlement.{model}"].with_user(self.cashier).search([])

    def test_netting_is_the_networks(self):
        with self.assertRaises(AccessError):
            self.env["tibillet.settlement.netting"].with_user(self.accountant).action_propose()
