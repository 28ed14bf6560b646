import secrets
import uuid

from odoo import models
from odoo.exceptions import UserError

from .. import ledger


class TibilletWallet(models.Model):
    """What becomes of a wallet when cards are linked, people merged or erased."""

    _inherit = "tibillet.wallet"

    def _holds(self):
        """What lies in these wallets, as people read it ("12,50 €, 3 h 30"); empty text when nothing does."""
        balances = self.sudo().balance_ids.filtered(lambda balance: balance.amount or balance.held)
        return ", ".join(balance.asset_id.format(balance.amount) for balance in balances)

    def _empty_into(self, target, place=None):
        """Move all that lies in this wallet into `target`, every asset in one transaction of the ledger.

        `place`: where the act happens; by default the company's, else an issuer's. UserError during a payment.
        """
        self.ensure_one()
        source, target = self.sudo(), target.sudo()
        if source == target:
            return
        place = place or self.env.company.tibillet_place_id or source.balance_ids.asset_id.place_id[:1]
        if not place:
            return
        try:
            source._merge_into(target, place, f"wallet.merge:{uuid.uuid4()}")
        except ledger.Refused:
            raise UserError(self.env._("A payment is under way on this card: finish or cancel it first.")) from None

    def _forget(self, reason):
        """Cut these wallets from their holder; what lies in them stays under a pseudonym, so that the books still add up."""
        for wallet in self.sudo():
            wallet.write({"partner_id": False, "pseudonym": f"{reason}-{secrets.token_hex(6)}"})
