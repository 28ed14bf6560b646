from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_tibillet_training = fields.Boolean(related="pos_config_id.tibillet_training", readonly=False)
    tibillet_day_hour = fields.Float(related="company_id.tibillet_day_hour", readonly=False)
