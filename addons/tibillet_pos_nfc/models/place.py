from datetime import datetime, time

from odoo import fields, models, tools


class TibilletPlace(models.Model):
    """What one card may spend at a place in a day, and in which money the place pays back."""

    _inherit = "tibillet.place"

    spend_day_ceiling = fields.Float(
        "Spent a day at most",
        digits=(16, 2),
        tracking=True,
        help="What one card may pay here in a day, in money and gifts; 0 for no limit. What is refunded counts as spent.",
    )

    top_up_bonus_ids = fields.One2many("tibillet.top.up.bonus", "place_id", "Bonus on top-ups")

    _spend_day_ceiling_floor = models.Constraint("CHECK (spend_day_ceiling >= 0)", "A ceiling cannot be negative.")

    def write(self, vals):
        if "spend_day_ceiling" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    @tools.ormcache("self.id")
    def _spend_day_ceiling(self):
        """What a wallet may pay here in a day, in minor units of the company's currency; 0 for no limit."""
        place = self.sudo()
        return round(place.spend_day_ceiling * 10**place.company_id.currency_id.decimal_places)

    def _day_start(self):
        """When today began by the venue's clock (naive UTC)."""
        company = self.sudo().company_id
        return company._tibillet_utc(datetime.combine(company._tibillet_local(fields.Datetime.now()).date(), time()))

    def _own_money(self, currency):
        """The money (sudo) that this place issues itself in a currency: the first of its debit order that pays anything."""
        assets = self.env["tibillet.asset"].sudo().browse(self._accepted_asset_ids())
        return assets.filtered(
            lambda asset: (
                asset.kind == "money"
                and asset.voucher_kind == "multi_purpose"
                and asset.place_id == self
                and asset.currency_id == currency
            )
        )[:1]
