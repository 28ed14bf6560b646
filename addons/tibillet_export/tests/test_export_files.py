import base64
import hashlib
import io
from datetime import datetime

import openpyxl

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tables import writers
from .common import ExportCase


@tagged("post_install", "-at_install")
class TestExportFiles(ExportCase):
    """The files themselves, what is refused, and the journal."""

    def _sell_named(self, name):
        line = self._beer_line(price=self._untaxed(5), full_product_name=name)
        self._sync(self._order([line], [self._payment(self.till, "cash", 5.0)]))

    def test_csv_is_rfc_4180_with_a_mark(self):
        self._sell_named('Beer, "the" big\none')
        content = self._export("sales")
        self.assertTrue(content.startswith(b"\xef\xbb\xbfdate_time,till,"))
        self.assertIn(b'"Beer, ""the"" big\none"', content)
        self.assertTrue(content.endswith(b"\r\n"))
        [row] = self._read("sales")
        self.assertEqual(row["product"], 'Beer, "the" big\none')

    def test_no_cell_is_a_formula(self):
        names = ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"]
        for name in names:
            self._sell_named(name)
        self.assertEqual([row["product"] for row in self._read("sales")], [f"'{name}" for name in names])
        sheet = openpyxl.load_workbook(io.BytesIO(self._export("sales", file_format="xlsx"))).active
        cells = [row[9] for row in sheet.iter_rows(min_row=2)]
        self.assertEqual([cell.value for cell in cells], names)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def test_xlsx_has_real_dates_and_numbers(self):
        self._sell(12)
        sheet = openpyxl.load_workbook(io.BytesIO(self._export("sales", file_format="xlsx"))).active
        head, row = sheet.iter_rows(values_only=True)
        row = dict(zip(head, row, strict=True))
        self.assertEqual(row["date_time"], datetime(2026, 1, 1, 13, 0))
        self.assertEqual((row["net"], row["vat_rate"], row["gross"], row["offered"]), (10, 20, 12, 0))
        self.assertEqual(sheet.freeze_panes, "A2")

    def test_a_full_sheet_is_refused(self):
        self.patch(writers, "XLSX_ROWS", 2)
        self._sell(5)
        self._export("sales", file_format="xlsx")
        self._sell(5)
        with self.assertRaisesRegex(UserError, "choose CSV"), self.env.cr.savepoint():
            self._export("sales", file_format="xlsx")
        self.assertEqual(len(self._read("sales")), 2)

    def test_a_period_reversed_missing_or_empty_is_refused(self):
        self._sell(5)
        before = self.env["tibillet.export"].search_count([])
        for vals, words in (
            ({"date_from": "2026-01-02"}, "ends before it begins"),
            ({"date_to": False}, "from which day"),
            ({"date_from": "2020-01-01", "date_to": "2020-01-31"}, "nothing to export"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self._export("sales", **vals)
        self.assertEqual(self.env["tibillet.export"].search_count([]), before)

    def test_each_export_leaves_a_line(self):
        self._sell(5)
        made = self._make("sales")
        action = made.action_make()
        self.assertEqual(action["url"], f"/tibillet/export/{made.id}")
        self.assertEqual(made.file_name, "sales-v1_bar_2026-01-01_2026-01-01.csv")
        [line] = self.env["tibillet.export"].search([("name", "=", made.file_name)])
        content = base64.b64decode(made.file)
        self.assertEqual(line.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual((line.rows, line.size, line.create_uid), (1, len(content), self.accountant))

    def test_periods_are_whole_months_and_years(self):
        today = fields.Date.today()
        spans = {
            period: self.env["tibillet.export.make"].create({"period": period})
            for period in ("this_month", "last_month", "this_year", "last_year")
        }
        self.assertEqual(spans["this_month"].date_from, today.replace(day=1))
        self.assertEqual((spans["this_month"].date_from - spans["last_month"].date_to).days, 1)
        self.assertEqual(spans["last_year"].date_to, today.replace(year=today.year - 1, month=12, day=31))
        self.assertEqual(spans["this_year"].date_from, today.replace(month=1, day=1))
