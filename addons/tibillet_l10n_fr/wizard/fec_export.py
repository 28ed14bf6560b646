import base64

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError


class L10nFrFecExportWizard(models.TransientModel):
    """Odoo writes the FEC but Community gives no button that answers: here it does."""

    _inherit = "l10n_fr.fec.export.wizard"

    date_from = fields.Date(default=lambda self: self._tibillet_last_year()["date_from"])
    date_to = fields.Date(default=lambda self: self._tibillet_last_year()["date_to"])
    tibillet_file = fields.Binary("FEC", readonly=True, attachment=True)

    def _tibillet_last_year(self):
        """{date_from, date_to} of the report that opened this, else of the last fiscal year that is over."""
        year_ago = fields.Date.context_today(self) - relativedelta(years=1)
        return self.env.context.get("report_dates") or self.env.company.compute_fiscalyear_dates(year_ago)

    def create_fec_report_action(self):
        """Make the file and let the browser download it.

        :raise UserError: not a French company, a period that ends before it begins, no right to close the books
        """
        self.ensure_one()
        self.check_access("write")
        # Another addon's answer, such as Enterprise's, goes first.
        if action := super().create_fec_report_action():
            return action
        self._tibillet_check()
        made = self.generate_fec()
        self.filename = made["file_name"]
        self.tibillet_file = base64.b64encode(made["file_content"])
        url = f"/web/content/{self._name}/{self.id}/tibillet_file/{self.filename}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "new", "close": True}

    def _tibillet_check(self):
        company = self.env.company
        if company.account_fiscal_country_id.code not in company._get_france_country_codes():
            raise UserError(self.env._("%s does not file its taxes in France: there is no FEC.", company.name))
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins: exchange its two days."))
        if not self.test_file and not company.has_access("write"):
            raise UserError(
                self.env._(
                    "Without a tick in Test File, the books are closed up to %(date)s, which only an administrator may do. "
                    "Tick it: the file is the same.",
                    date=fields.Date.to_string(self.date_to),
                )
            )
