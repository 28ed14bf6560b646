from odoo import fields, models


class TibilletWallet(models.Model):
    _inherit = "tibillet.wallet"

    dormant_notice_ids = fields.One2many(
        "tibillet.dormant.notice", "wallet_id", "Mails about its balances", readonly=True
    )
