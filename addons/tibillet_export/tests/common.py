"""Exports of a till's day, read back."""

import base64
import csv
import io
from datetime import date

from odoo.addons.tibillet_pos_closing.tests.common import ClosingCase

DAY = date(2026, 1, 1)


class ExportCase(ClosingCase):
    """The bar's till on 1 January, and its accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("export_accountant", cls.bar, "tibillet_base.group_accountant")

    def _make(self, kind, user=None, **vals):
        """A wizard of these days (1 January unless said otherwise)."""
        wizards = self.env["tibillet.export.make"].with_user(user or self.accountant)
        days = {"period": "days", "date_from": DAY, "date_to": DAY}
        return wizards.create({"company_id": self.bar.id, "kind": kind, "file_format": "csv", **days, **vals})

    def _export(self, kind, **vals):
        """Bytes of an export."""
        made = self._make(kind, **vals)
        made.action_make()
        return base64.b64decode(made.file)

    def _read(self, kind, **vals):
        """Rows (dict by column) of an export as CSV."""
        text = self._export(kind, **vals).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))
