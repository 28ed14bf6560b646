from odoo import fields, models


class TibilletLedgerBalance(models.Model):
    _inherit = "tibillet.ledger.balance"

    dormant_notice_ids = fields.One2many("tibillet.dormant.notice", "balance_id", "Mails about it", readonly=True)
