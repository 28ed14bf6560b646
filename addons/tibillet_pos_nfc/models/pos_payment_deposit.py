from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..const import payment_key


class PosPayment(models.Model):
    _inherit = "pos.payment"

    def _tibillet_refund(self, holds):
        """A deposit goes back to the card that was tapped, in the money of the place."""
        if not self.pos_order_id._tibillet_is_deposit_return():
            return super()._tibillet_refund(holds)
        place = self.pos_order_id.company_id.tibillet_place_id
        asset = place._own_money(self.currency_id)
        card = self.env["tibillet.card"].sudo().search([("number", "=", self.tibillet_card or "")])
        refusal = card._refusal()
        if not asset or (refusal and refusal[0] != "blank"):
            why = refusal[1] if refusal else self.env._("This place has no money of its own on cards.")
            raise UserError(self.env._("%(why)s Give the money back in cash.", why=why))
        card._activate()
        amount = -self._tibillet_minor()
        lines = (
            ledger.Line(place.wallet_id.id, asset.id, -amount),
            ledger.Line(card._wallet().id, asset.id, amount),
        )
        return ledger.Entry(payment_key(self.uuid), "refund", place.id, lines)
