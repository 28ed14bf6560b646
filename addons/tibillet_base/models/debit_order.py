from odoo import api, fields, models


class TibilletDebitOrder(models.Model):
    _name = "tibillet.debit.order"
    _description = "Debit order of a place"
    _order = "place_id, sequence, id"

    place_id = fields.Many2one("tibillet.place", required=True, ondelete="cascade", index=True)
    asset_id = fields.Many2one("tibillet.asset", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(related="asset_id.kind")
    issuer_id = fields.Many2one(related="asset_id.place_id", string="Issuer")

    _once = models.Constraint("UNIQUE (place_id, asset_id)", "An asset stands once in the debit order.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
