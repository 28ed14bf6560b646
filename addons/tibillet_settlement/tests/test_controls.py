from odoo.tests import tagged

from .common import SettlementCase


@tagged("post_install", "-at_install")
class TestControls(SettlementCase):
    """The number of the controls page that this addon adds."""

    def _number(self, company):
        controls = self.env["tibillet.control"]._count(company)
        return controls.filtered(lambda control: control.kind == "settlement").number

    def test_zero_before_and_after_the_mirror_and_the_transfer(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self.assertEqual([self._number(company) for company in self.companies], [0, 0, 0])
        self._run_mirrors()
        self._pay(self.bar, self.hall, 12.0)
        self.assertEqual([self._number(company) for company in self.companies], [0, 0, 0])

    def test_red_for_an_entry_by_hand_on_the_settlement_account(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._run_mirrors()
        move = self._till_entry(self.hall, self.bar_euro, 4.0)
        self.assertEqual(self._number(self.hall), 4.0)
        self.assertEqual(self._number(self.bar), 0)
        control = self.env["tibillet.control"].search([("kind", "=", "settlement"), ("company_id", "=", self.hall.id)])
        action = control.action_open()
        behind = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(behind.filtered("difference").other_id, self.bar)
        move.button_draft()
        self.assertEqual(self._number(self.hall), 0)
