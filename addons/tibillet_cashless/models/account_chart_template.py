from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _load(self, template_code, company, install_demo, force_create=True):
        """A venue that gets a chart of accounts gets the wallet's accounts with it."""
        result = super()._load(template_code, company, install_demo, force_create)
        company = self.env["res.company"].browse(company.id).sudo()
        if company.tibillet_place_id:
            company._tibillet_setup_books()
        return result
