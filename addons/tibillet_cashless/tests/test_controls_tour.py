from odoo.tests import HttpCase, tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestControlsTour(CashlessCase, HttpCase):
    """An accountant opens the page, sees the number that is not zero, and what is behind it, in a real browser."""

    def test_from_a_number_to_its_cause(self):
        self._account_user("hall_accountant", self.hall, "tibillet_base.group_accountant")
        self._till_entry(self.hall, self.hall_euro, 7.5)
        self.start_tour("/odoo/tibillet", "tibillet_cashless.controls", login="hall_accountant")
        wallets = self.env["tibillet.control"].search([("kind", "=", "wallets"), ("company_id", "=", self.hall.id)])
        self.assertEqual(wallets.number, 7.5)
