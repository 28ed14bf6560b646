from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ExportCase


@tagged("post_install", "-at_install")
class TestTours(ExportCase, HttpCase):
    """An accountant exports the sales, sees the line that it left, and gives accounts their numbers, in a real browser."""

    def test_export_and_see_it_in_the_journal(self):
        self._sell(12, date_order=fields.Datetime.to_string(fields.Datetime.now()))
        self._pay_by_card(self._card(cents=1000), 700)
        self._close_till()
        self.start_tour("/odoo/tibillet", "tibillet_export.export", login="export_accountant")
        [line] = self.env["tibillet.export"].search([("create_uid", "=", self.accountant.id)])
        self.assertEqual((line.kind, line.rows), ("sales", 1))
        self.assertIn("419101", self.env["tibillet.paheko.account"].search([]).mapped("code"))
