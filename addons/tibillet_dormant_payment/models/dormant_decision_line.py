from odoo import models


class TibilletDormantDecisionLine(models.Model):
    """What was paid online goes back there first; held on the wallet until the provider has paid."""

    _inherit = "tibillet.dormant.decision.line"

    def _online_room(self):
        return super()._online_room() or self.sudo().wallet_id._online_refundable(self.asset_id)

    def _ask_back_online(self):
        if self.online:
            self.sudo().wallet_id._online_refund(self.asset_id, self.online, self._key())
        return super()._ask_back_online()
