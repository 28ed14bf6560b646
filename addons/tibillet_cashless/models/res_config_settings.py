from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tibillet_wallet_journal_id = fields.Many2one(related="company_id.tibillet_wallet_journal_id", readonly=False)
    tibillet_settlement_account_id = fields.Many2one(
        related="company_id.tibillet_settlement_account_id", readonly=False
    )
    tibillet_breakage_account_id = fields.Many2one(related="company_id.tibillet_breakage_account_id", readonly=False)
    tibillet_voucher_account_id = fields.Many2one(related="company_id.tibillet_voucher_account_id", readonly=False)

    def action_tibillet_setup_books(self):
        self.company_id._tibillet_setup_books()
        return {"type": "ir.actions.client", "tag": "reload"}
