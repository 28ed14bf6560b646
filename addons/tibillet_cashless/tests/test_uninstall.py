from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestUninstall(CashlessCase):
    def test_refused_while_operations_stand_in_the_books(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 500)
        self._close(self.bar, 1, spends=[self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 500)], amount=5.0)
        for name in ("tibillet_cashless", "account"):
            module = self.env["ir.module.module"].search([("name", "=", name)])
            with self.assertRaisesRegex(UserError, "cannot be uninstalled"):
                module.button_uninstall()
            self.assertEqual(module.state, "installed")

    def test_allowed_while_there_are_none(self):
        self.assertFalse(self.env["tibillet.booking"].search([]))
        module = self.env["ir.module.module"].search([("name", "=", "tibillet_cashless")])
        module.button_uninstall()
        self.assertEqual(module.state, "to remove")
