from odoo import models
from odoo.exceptions import UserError


class PosPayment(models.Model):
    _inherit = "pos.payment"

    def _tibillet_wallet_back(self, hold):
        """What a phone paid goes back to the wallet that paid it."""
        if self.tibillet_card:
            return super()._tibillet_wallet_back(hold)
        wallet = self.env["tibillet.wallet"].sudo().browse(hold.wallet_id)
        if not wallet.partner_id:
            raise UserError(self.env._("This wallet was closed. Give the money back in cash."))
        return wallet
