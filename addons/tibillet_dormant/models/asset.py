from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .dormant_balance import DORMANT_MONTHS


class TibilletAsset(models.Model):
    """When the holders of an asset are told that they have not used it for long."""

    _inherit = "tibillet.asset"

    dormant_after = fields.Integer(
        "Tell holders after", tracking=True, help="Months without use after which a holder is written to; 0 for never."
    )
    dormant_every = fields.Integer(
        "Tell them again after", default=6, tracking=True, help="Months between two mails about the same balance."
    )
    dormant_count = fields.Integer("Dormant balances", compute="_compute_dormant")
    dormant_text = fields.Char("Dormant", compute="_compute_dormant")
    dormant_told_count = fields.Integer("Told since they used it", compute="_compute_dormant")
    dormant_no_mail_count = fields.Integer("Without an e-mail", compute="_compute_dormant")
    dormant_unknown_count = fields.Integer("Of unknown holders", compute="_compute_dormant")

    _dormant_after_range = models.Constraint(
        "CHECK (dormant_after BETWEEN 0 AND 120)", "Holders are told after 1 to 120 months, or never with 0."
    )
    _dormant_every_range = models.Constraint(
        "CHECK (dormant_every BETWEEN 1 AND 120)", "Holders are told again after 1 to 120 months."
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_dormant(self):
        """Of the balances that the user may read; a cashier reads none."""
        balances = self.env["tibillet.dormant.balance"]
        may_read = balances.has_access("read")
        for asset in self:
            groups = (
                balances._read_group(asset._dormant_domain(), ["reach"], ["__count", "amount:sum"]) if may_read else []
            )
            counts = {reach: count for reach, count, _amount in groups}
            asset.dormant_count = sum(counts.values())
            asset.dormant_text = asset.format(sum(int(amount) for _reach, _count, amount in groups))
            asset.dormant_no_mail_count = counts.get("no_mail", 0)
            asset.dormant_unknown_count = counts.get("unknown", 0)
            told = asset._dormant_domain() & Domain("told_on", "!=", False)
            asset.dormant_told_count = balances.search_count(told) if may_read else 0

    def _dormant_domain(self):
        return (
            Domain("asset_id", "=", self._origin.id) & Domain("amount", ">", 0) & Domain("months", ">=", DORMANT_MONTHS)
        )

    def _dormant_places(self):
        """Names of the places (sudo) that take this asset today, its issuer first."""
        self.ensure_one()
        places = self.env["tibillet.place"].sudo().search([])
        taking = places.filtered(lambda place: self.id in place._accepted_asset_ids())
        return ", ".join(taking.sorted(lambda place: (place != self.place_id, place.name)).mapped("name"))

    def _check_dormant_income(self):
        """ValidationError unless each of these may become its issuer's income: its own alone, shared with nobody."""
        for asset in self.sudo():
            if asset.share_ids or not asset.place_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%s is spent at other venues too: what people hold of it is never written off. Pay it back.",
                        asset.name,
                    )
                )
