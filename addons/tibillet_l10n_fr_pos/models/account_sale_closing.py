from odoo import models


class AccountSaleClosing(models.Model):
    """Odoo's daily, monthly and annual totals, cut at a number of the chain."""

    _inherit = "account.sale.closing"

    def _automated_closing(self, frequency="daily"):
        self.env["res.company"].search([])._tibillet_seal()
        return super()._automated_closing(frequency)

    def _compute_amounts(self, frequency, company):
        """The total stops at the last number, not at the last date: thirty tills are not sealed by date.

        Stock would start the next total from the latest date's number, and count those after it twice.
        """
        amounts = super()._compute_amounts(frequency, company)
        former = self.env["pos.order"]
        last = self.search([("frequency", "=", frequency), ("company_id", "=", company.id)], limit=1)
        if last:
            former = last.last_order_id
        sealed = self.env["pos.order"].search(
            [
                ("company_id", "=", company.id),
                ("l10n_fr_secure_sequence_number", ">", former.l10n_fr_secure_sequence_number),
            ],
            order="l10n_fr_secure_sequence_number desc",
            limit=1,
        )
        amounts["last_order_id"] = (sealed or former).id
        amounts["last_order_hash"] = (sealed or former).l10n_fr_secure_sequence_number
        return amounts
