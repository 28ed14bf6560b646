from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.tibillet_base import keyring, ledger


class PaymentTransaction(models.Model):
    """A refund of a top-up: held on the wallet while the provider is asked, taken when it has paid, free if it refuses."""

    _inherit = "payment.transaction"

    tibillet_refund_key = fields.Char("Asked by", readonly=True, copy=False, index="btree_not_null")

    def _tibillet_may_refund(self):
        self.ensure_one()
        return self.provider_id.support_refund == "partial" and self.provider_id.state != "disabled"

    def _tibillet_left(self):
        """What this payment may still give back, in minor units of its asset."""
        self.ensure_one()
        given = self.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.state not in ("cancel", "error")
        )
        return self.tibillet_asset_id._minor(self.amount + sum(given.mapped("amount")))

    def _tibillet_ask_refund(self, amount, key):
        """A draft refund of `amount` (minor units), for the job to send."""
        asset = self.tibillet_asset_id
        return self._create_child_transaction(
            amount / 10**asset.decimal_places,
            is_refund=True,
            tibillet_refund_key=key,
            tibillet_state="returning",
            **self._tibillet_create_values(asset, self.tibillet_wallet_id),
        )

    @api.model
    def _cron_tibillet_give_back(self):
        super()._cron_tibillet_give_back()
        if not keyring.is_original(self.env):
            return
        asked = [("tibillet_state", "=", "returning"), ("operation", "=", "refund"), ("state", "=", "draft")]
        for refund in self.search(asked, order="id"):
            refund._tibillet_send_refund()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _tibillet_send_refund(self):
        refund = self.try_lock_for_update()
        if not refund or refund.state != "draft":
            return
        try:
            refund._send_refund_request()
        except ValidationError as error:
            refund._set_error(str(error))
            refund._tibillet_free_refund()

    def _process(self, provider_code, payment_data):
        tx = super()._process(provider_code, payment_data)
        if tx.operation == "refund" and tx.state in ("cancel", "error"):
            tx._tibillet_free_refund()
        return tx

    def _tibillet_free_refund(self):
        """The provider gave nothing back: what was held is the holder's again."""
        if self.tibillet_state == "returning":
            ledger.release(self.env.cr, self._tibillet_key)
            self.env["tibillet.ledger.transaction"]._forget_cache()
            self.tibillet_state = False
        elif self.tibillet_state == "returned":
            self.tibillet_state = "by_hand"  # the bank sent it back days later: the wallet has been debited

    def _post_process(self):
        processed = super()._post_process()
        for refund in self.filtered(lambda tx: tx.operation == "refund" and tx.state == "done"):
            if refund.source_transaction_id.tibillet_state == "credited" and refund.tibillet_state in (
                False,
                "returning",
            ):
                refund._tibillet_of_venue()._tibillet_take()
        return processed

    def _tibillet_take(self):
        """Off the wallet, in ledger and books; a refund made at the provider's own desk held nothing before."""
        source = self.source_transaction_id
        asset, wallet = source.tibillet_asset_id, source._tibillet_holder() or source.tibillet_wallet_id
        amount, place = asset._minor(-self.amount), asset.place_id
        if self.tibillet_state:
            request = ledger.Capture(
                self._tibillet_key, self._tibillet_key, amount, place.wallet_id.id, place.id, "cash_out"
            )
        else:
            lines = (ledger.Line(wallet.id, asset.id, -amount), ledger.Line(place.wallet_id.id, asset.id, amount))
            request = ledger.Entry(self._tibillet_key, "cash_out", place.id, lines)
        values = self._tibillet_create_values(asset, self.tibillet_wallet_id or wallet)
        try:
            with self.env.cr.savepoint():
                [receipt] = self.env["tibillet.ledger.transaction"]._post([request])
        except ledger.Insufficient:
            self.write({**values, "tibillet_state": "by_hand"})  # given back, and spent already
            return
        self.write({**values, "tibillet_state": "returned"})
        if not receipt.replayed:
            self._tibillet_book(self._tibillet_key)
