from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tibillet_deposit_account_id = fields.Many2one(
        related="company_id.tibillet_deposit_account_id",
        readonly=False,
        domain="[('account_type', '=', 'liability_current')]",
    )
    tibillet_gift_product_id = fields.Many2one(related="company_id.tibillet_gift_product_id")
    tibillet_gift_off_account_id = fields.Many2one(
        related="company_id.tibillet_gift_product_id.property_account_income_id",
        string="Discount account",
        readonly=False,
        help="Where gift credit that lowers prices is booked, e.g. 7097; empty for the account of the sales.",
    )
    pos_tibillet_place_id = fields.Many2one(related="pos_config_id.tibillet_place_id")
    pos_tibillet_box_url = fields.Char(related="pos_config_id.tibillet_box_url", readonly=False)
    pos_tibillet_box_token = fields.Char(related="pos_config_id.tibillet_box_token", readonly=False)
    pos_tibillet_wedge = fields.Boolean(related="pos_config_id.tibillet_wedge", readonly=False)
    pos_tibillet_web_nfc = fields.Boolean(related="pos_config_id.tibillet_web_nfc", readonly=False)
    pos_tibillet_next_customer = fields.Boolean(related="pos_config_id.tibillet_next_customer", readonly=False)
    pos_tibillet_cashier_login = fields.Boolean(related="pos_config_id.tibillet_cashier_login", readonly=False)
    pos_tibillet_lock_minutes = fields.Integer(related="pos_config_id.tibillet_lock_minutes", readonly=False)
    pos_tibillet_behaviour = fields.Selection(related="pos_config_id.tibillet_behaviour", readonly=False)
