from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    """An article that is no sale: touched at the till, it asks for a card and records an entry or an exit."""

    _inherit = "product.template"

    tibillet_badge = fields.Boolean("Badge", help="Touch it, then tap a card: an entry or an exit. Its price is 0.")

    @api.constrains("tibillet_badge", "list_price", "tibillet_asset_id", "tibillet_deposit", "tibillet_price_asset_id")
    def _check_tibillet_badge(self):
        for product in self.filtered("tibillet_badge"):
            if product.list_price:
                raise ValidationError(self.env._("A badge costs nothing: set its price to 0."))
            if product.tibillet_asset_id or product.tibillet_deposit or product.tibillet_price_asset_id:
                raise ValidationError(
                    self.env._("A badge fills no card, is no deposit and costs no hours: choose one of them.")
                )

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "tibillet_badge"]
