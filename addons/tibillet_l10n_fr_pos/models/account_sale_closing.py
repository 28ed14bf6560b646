from odoo import fields, models


class AccountSaleClosing(models.Model):
    """Odoo's daily, monthly and annual totals, cut at a number of the chain."""

    _inherit = "account.sale.closing"

    tibillet_top_ups = fields.Monetary("Top-ups less pay-backs", readonly=True, help="Not in the totals: no sale.")

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
        top_ups = self._tibillet_top_ups(company, former, sealed)
        amounts["tibillet_top_ups"] = top_ups
        amounts["total_interval"] -= top_ups
        amounts["cumulative_total"] -= top_ups
        amounts["last_order_id"] = (sealed or former).id
        amounts["last_order_hash"] = (sealed or former).l10n_fr_secure_sequence_number
        return amounts

    def _tibillet_top_ups(self, company, former, last):
        """What filled cards, less what was paid back, after the number of `former` up to that of `last`.

        A top-up is no sale: it is spent later, and counted then. Stock would count it twice.
        """
        lines = self.env["pos.order.line"].search(
            [
                ("order_id.company_id", "=", company.id),
                ("order_id.state", "in", ("paid", "done")),
                ("order_id.l10n_fr_secure_sequence_number", ">", former.l10n_fr_secure_sequence_number),
                ("order_id.l10n_fr_secure_sequence_number", "<=", last.l10n_fr_secure_sequence_number),
                ("product_id.tibillet_asset_id", "!=", False),
            ]
        )
        return sum(lines.mapped("price_subtotal_incl"))
