from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger


class TibilletWallet(models.Model):
    """What is left of what was paid online goes back to the payments it came from. Called with rights already checked."""

    _inherit = "tibillet.wallet"

    def _online_sources(self, asset):
        """Payments (sudo) of `asset` that may still give something back, the most recent first."""
        credited = [("tibillet_wallet_id", "=", self.id), ("tibillet_asset_id", "=", asset.id)]
        payments = self.env["payment.transaction"].sudo()
        found = payments.search(
            [*credited, ("tibillet_state", "=", "credited"), ("state", "=", "done")], order="id desc"
        )
        return found.filtered(lambda tx: tx._tibillet_may_refund() and tx._tibillet_left() > 0)

    def _online_refundable(self, asset):
        """How much of `asset` (minor units) can go back: never more than the free balance, nor than was paid online."""
        self.ensure_one()
        if not asset.refundable:
            return 0
        amount, held = self._amounts().get(asset.id, (0, 0))
        return max(0, min(amount - held, sum(tx._tibillet_left() for tx in self._online_sources(asset))))

    def _online_refund(self, asset, amount, key):
        """Reserve `amount` (minor units) and ask it back: of one payment if one suffices, else of several.

        :param str key: of the holder's request; the same one twice asks once
        :return: the refunds (payment.transaction), sent by a job once this is committed
        :raise UserError: more than can go back
        """
        self.ensure_one()
        payments = self.env["payment.transaction"].sudo()
        if known := payments.search([("tibillet_refund_key", "=", key), ("tibillet_wallet_id", "=", self.id)]):
            return known
        room = self._online_refundable(asset)
        if not 0 < amount <= room:
            raise UserError(
                self.env._(
                    "At most %s can go back to your bank: what was paid online and not spent.", asset.format(room)
                )
            )
        sources = self._online_sources(asset)
        sources = sources.filtered(lambda tx: tx._tibillet_left() >= amount)[:1] or sources
        refunds = payments
        for source in sources:
            part = min(amount, source._tibillet_left())
            refunds |= source._tibillet_ask_refund(part, key)
            amount -= part
            if not amount:
                break
        self.env.flush_all()
        for refund in refunds:
            cents = asset._minor(-refund.amount)
            try:
                ledger.hold(
                    self.env.cr,
                    refund._tibillet_key,
                    self.id,
                    cents,
                    [asset.id],
                    asset.place_id.id,
                    refund._tibillet_key,
                )
            except ledger.Insufficient as error:
                raise UserError(self.env._("Your wallet holds less by now. Nothing was asked back.")) from error
        self.env["tibillet.ledger.transaction"]._forget_cache()
        self.env.ref("tibillet_payment.cron_give_back").sudo()._trigger()
        return refunds
