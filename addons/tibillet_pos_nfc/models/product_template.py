from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    tibillet_is_top_up = fields.Boolean(
        "Fills a card", compute="_compute_tibillet_is_top_up", help="Sold to fill a card."
    )

    @api.depends("tibillet_asset_id")
    def _compute_tibillet_is_top_up(self):
        for product in self:
            product.tibillet_is_top_up = bool(product.tibillet_asset_id)

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "tibillet_is_top_up", "tibillet_deposit"]

    @api.model
    def _load_pos_data_read(self, records, config):
        read = super()._load_pos_data_read(records, config)
        place = config.company_id.tibillet_place_id
        for product in read:
            asset = product["tibillet_is_top_up"] and self.browse(product["id"]).tibillet_asset_id
            product["_tibillet_units"] = self.browse(product["id"])._tibillet_units_shown()
            product["_tibillet_bonus"] = asset and self.env["tibillet.top.up.bonus"]._of(place, asset)._shown()
        return read
