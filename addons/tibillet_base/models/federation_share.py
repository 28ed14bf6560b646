from odoo import fields, models


class TibilletFederationShare(models.Model):
    _name = "tibillet.federation.share"
    _description = "Asset shared with a federation"
    _rec_name = "asset_id"
    _order = "federation_id, id"

    federation_id = fields.Many2one("tibillet.federation", required=True, readonly=True, ondelete="cascade", index=True)
    asset_id = fields.Many2one("tibillet.asset", required=True, readonly=True, ondelete="cascade", index=True)
    place_id = fields.Many2one(related="asset_id.place_id", store=True)

    _once = models.Constraint("UNIQUE (federation_id, asset_id)", "This asset is already shared with the federation.")
