from odoo import api, fields, models
from odoo.exceptions import ValidationError

UNIT_KINDS = ("time", "loyalty")


class ProductTemplate(models.Model):
    """An article that costs hours or points, not euros: a card pays it whole, or not at all."""

    _inherit = "product.template"

    tibillet_price_asset_id = fields.Many2one(
        "tibillet.asset",
        "Costs time or points",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kind', 'in', ('time', 'loyalty'))]",
        help="The card pays it in this currency, all or nothing. The price in euros is zero.",
    )
    tibillet_price_units = fields.Integer("Price in units", help="In the smallest unit: minutes of time, points.")
    tibillet_price_text = fields.Char("Price shown", compute="_compute_tibillet_price_text")

    _tibillet_units_positive = models.Constraint(
        """CHECK (coalesce(tibillet_price_units, 0) >= 0
            AND (tibillet_price_asset_id IS NULL) = (coalesce(tibillet_price_units, 0) = 0))""",
        "What costs time or points says how much, above zero.",
    )

    @api.depends("tibillet_price_asset_id", "tibillet_price_units")
    def _compute_tibillet_price_text(self):
        for product in self:
            asset = product.tibillet_price_asset_id.sudo()
            product.tibillet_price_text = asset.format(product.tibillet_price_units) if asset else False

    @api.constrains("tibillet_price_asset_id", "list_price", "tibillet_asset_id")
    def _check_tibillet_units(self):
        for product in self.filtered("tibillet_price_asset_id"):
            if product.tibillet_price_asset_id.sudo().kind not in UNIT_KINDS:
                raise ValidationError(self.env._("Money pays euros: choose a currency of time or points."))
            if product.list_price or product.tibillet_asset_id:
                raise ValidationError(self.env._("What costs time or points costs no euros: set its price to zero."))

    def _tibillet_units_shown(self):
        """What a till needs of an article's price in units: ``{asset, amount, text}``, or False."""
        self.ensure_one()
        asset = self.tibillet_price_asset_id
        return bool(asset) and {
            "asset": asset.id,
            "amount": self.tibillet_price_units,
            "text": self.tibillet_price_text,
        }
