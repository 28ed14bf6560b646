import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..tables import TABLES, writers

WRITERS = {"csv": writers.to_csv, "xlsx": writers.to_xlsx}


class TibilletExportMake(models.TransientModel):
    """What to export and of which days; keeps the file until it is downloaded, an hour or so."""

    _name = "tibillet.export.make"
    _description = "Make an export"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        lambda self: self.env["tibillet.export"]._kinds(), "Content", required=True, default="sales"
    )
    file_format = fields.Selection(
        [("csv", "CSV"), ("xlsx", "XLSX (spreadsheet)")], "Format", required=True, default="xlsx"
    )
    period = fields.Selection(
        [
            ("this_month", "This month"),
            ("last_month", "Last month"),
            ("this_year", "This year"),
            ("last_year", "Last year"),
            ("days", "From a day to another"),
        ],
        required=True,
        default="last_month",
    )
    date_from = fields.Date("From", compute="_compute_dates", store=True, readonly=False)
    date_to = fields.Date("To", compute="_compute_dates", store=True, readonly=False)
    journal_ids = fields.Many2many(
        "account.journal",
        string="Journals",
        domain="[('company_id', 'parent_of', company_id)]",
        help="All of them when none is chosen.",
    )
    file = fields.Binary(readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)

    @api.depends("period")
    def _compute_dates(self):
        today = fields.Date.context_today(self)
        month, year = today.replace(day=1), today.replace(day=1, month=1)
        spans = {
            "this_month": (month, relativedelta(months=1)),
            "last_month": (month - relativedelta(months=1), relativedelta(months=1)),
            "this_year": (year, relativedelta(years=1)),
            "last_year": (year - relativedelta(years=1), relativedelta(years=1)),
        }
        for made in self:
            if made.period in spans:
                first, span = spans[made.period]
                made.date_from, made.date_to = first, first + span - relativedelta(days=1)

    def action_make(self):
        """Make the file, write it in the journal of exports, and let the browser download it.

        :raise UserError: a sentence; nothing was exported
        """
        self.ensure_one()
        self.check_access("write")
        table = self._asked()
        file_format = "csv" if self.kind == "paheko" else self.file_format
        try:
            content, rows = WRITERS[file_format](table)
        except writers.TooManyRows:
            raise UserError(
                self.env._("A sheet holds no more than a million rows: choose CSV, or a shorter period.")
            ) from None
        if not rows:
            raise UserError(
                self.env._(
                    "There is nothing to export from %(date_from)s to %(date_to)s. Choose another period.",
                    date_from=fields.Date.to_string(self.date_from),
                    date_to=fields.Date.to_string(self.date_to),
                )
            )
        self.file_name = self._file_name(table, file_format)
        self.file = base64.b64encode(content)
        self.env["tibillet.export"]._log(table, self.file_name, content, rows)
        return {"type": "ir.actions.act_url", "url": f"/tibillet/export/{self.id}", "target": "new", "close": True}

    def _asked(self):
        """The table (:class:`tables.Table`) that is asked for."""
        if not self.date_from or not self.date_to:
            raise UserError(self.env._("Say from which day to which day."))
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins: exchange its two days."))
        table = TABLES[self.kind](self.company_id, self.date_from, self.date_to, journals=self.journal_ids)
        if self.kind == "paheko":
            self._check_accounts(table.missing_accounts())
        return table

    def _check_accounts(self, missing):
        if missing:
            raise RedirectWarning(
                self.env._(
                    "These accounts have no number in Paheko yet: %(codes)s. Give them one, then export again.",
                    codes=", ".join(missing.mapped("code")),
                ),
                self.env.ref("tibillet_export.paheko_account_action").id,
                self.env._("Accounts in Paheko"),
            )

    def _file_name(self, table, file_format):
        """Such as sales-v1_test-bar_2026-01-01_2026-01-31.csv."""
        venue = self.env["ir.http"]._slugify(self.company_id.name) or str(self.company_id.id)
        return f"{table.kind}-v{table.version}_{venue}_{self.date_from}_{self.date_to}.{file_format}"
