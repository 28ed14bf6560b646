from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pos_tibillet_cancel_approval = fields.Boolean(related="pos_config_id.tibillet_cancel_approval", readonly=False)
