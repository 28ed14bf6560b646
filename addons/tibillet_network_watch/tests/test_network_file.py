import io

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_network_watch import NetworkCase


@tagged("post_install", "-at_install")
class TestNetworkFile(NetworkCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.hall_place.name = "=Hall"
        self._pay(self.hall_place, 2050)
        self.watch = self._watch()
        self.accountant.password = self.cashier.password = "a long password"

    def _get(self, path, user):
        self.authenticate(user.login, "a long password")
        return self.url_open(f"/tibillet/network/{path}")

    def test_the_spreadsheet_lists_acceptors_and_months(self):
        answer = self._get(f"{self.watch.id}/file.xlsx", self.accountant)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = {row[0].value: row for row in book["acceptors"].iter_rows(min_row=2)}
        self.assertEqual(set(rows), {"Test bar", "=Hall"})
        self.assertEqual((rows["=Hall"][0].data_type, rows["=Hall"][5].value), ("s", 20.5))
        [month] = book["months"].iter_rows(min_row=2, values_only=True)
        self.assertEqual(month[1:], ("=Hall", "Bar euro", 1, 20.5, "EUR"))

    def test_the_tables_as_csv(self):
        lines = self._get(f"{self.watch.id}/months.csv", self.accountant).text.splitlines()
        self.assertEqual(lines[0], "month,acceptor,money,payments,volume,currency")
        self.assertEqual(lines[1].split(",")[1:], ["'=Hall", "Bar euro", "1", "20.5", "EUR"])

    def test_the_file_is_the_issuers(self):
        hall = self._watch(self.hall_place)
        with mute_logger("odoo.http"):
            self.assertEqual(self._get(f"{hall.id}/file.xlsx", self.accountant).status_code, 403)
            self.assertEqual(self._get(f"{self.watch.id}/acceptors.csv", self.cashier).status_code, 403)

    def test_the_printed_file(self):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "tibillet_network_watch.report_network", self.watch.ids
        )
        self.assertIn(b"=Hall", html)
        self.assertIn(b"20.50", html)
