from odoo import models


class TibilletLedgerBalance(models.Model):
    _inherit = "tibillet.ledger.balance"

    def action_open_wallet(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.wallet",
            "res_id": self.wallet_id.id,
            "view_mode": "form",
        }
