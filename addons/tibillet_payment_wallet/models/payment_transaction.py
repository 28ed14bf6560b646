from odoo import models

from odoo.addons.tibillet_base import ledger

CODE = "tibillet_wallet"


class PaymentTransaction(models.Model):
    """A payment by wallet: held and captured in one transaction of the database, with the order it pays."""

    _inherit = "payment.transaction"

    def _get_specific_rendering_values(self, processing_values):
        if self.provider_code != CODE:
            return super()._get_specific_rendering_values(processing_values)
        return {"api_url": "/payment/wallet/pay", "reference": self.reference}

    def _extract_amount_data(self, payment_data):
        # The wallet is asked for the transaction's own amount: nobody tells another.
        return None if self.provider_code == CODE else super()._extract_amount_data(payment_data)

    def _apply_updates(self, payment_data):
        if self.provider_code != CODE:
            return super()._apply_updates(payment_data)
        if self.state == "draft" and self.operation != "refund":
            self._tibillet_pay_now()
        return None

    @property
    def _tibillet_wallet_key(self):
        return f"payment.wallet:{self.id}"

    def _tibillet_pay_now(self):
        """Take the amount off the payer's wallet; what lacks is said, and nothing is taken."""
        self.ensure_one()
        wallet = self.env["tibillet.wallet"].sudo()._for_partner(self.partner_id)
        place = self.provider_id._tibillet_place()
        assets = self.provider_id._tibillet_assets()
        key, cents = self._tibillet_wallet_key, round(self.amount * 10**self.currency_id.decimal_places)
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                ledger.hold(self.env.cr, key, wallet.id, cents, assets.ids, place.id, key)
                capture = ledger.Capture(key, key, cents, place.wallet_id.id, place.id)
                self.env["tibillet.ledger.transaction"].sudo()._post([capture])
        except ledger.Insufficient as short:
            missing = self.currency_id.format(short.missing / 10**self.currency_id.decimal_places)
            self._set_canceled(self.env._("Missing %s on your wallet: top it up, or pay otherwise.", missing))
            return
        self._set_done()

    def _tibillet_finish(self):
        """The order is confirmed in the same breath: the money is there."""
        if self.state == "done" and not self.is_post_processed:
            self._post_process()

    def _send_refund_request(self):
        """Back on the wallet, in the money it was paid with."""
        if self.provider_code != CODE:
            return super()._send_refund_request()
        source = self.source_transaction_id
        wallet = self.env["tibillet.wallet"].sudo()._for_partner(source.partner_id)
        place = self.provider_id._tibillet_place()
        lines = []
        for asset, cents in self._tibillet_back(round(-self.amount * 10**self.currency_id.decimal_places)):
            lines += [ledger.Line(wallet.id, asset, cents), ledger.Line(place.wallet_id.id, asset, -cents)]
        entry = ledger.Entry(self._tibillet_wallet_key, "refund", place.id, tuple(lines))
        self.env["tibillet.ledger.transaction"].sudo()._post([entry])
        self._set_done()
        return None

    def _tibillet_back(self, cents):
        """[(asset id, minor units)] in which `cents` of the source go back: the last drawn on first."""
        source = self.source_transaction_id
        refunds = source.child_transaction_ids.filtered(lambda tx: tx.operation == "refund" and tx.state == "done")
        keys = [source._tibillet_wallet_key, *(tx._tibillet_wallet_key for tx in refunds)]
        place = self.provider_id._tibillet_place()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT posting.asset_id, sum(posting.amount)::bigint
                 FROM tibillet_ledger_posting posting
                 JOIN tibillet_ledger_transaction t ON t.id = posting.transaction_id
                WHERE t.key = ANY(%s) AND posting.wallet_id = %s
                GROUP BY posting.asset_id HAVING sum(posting.amount) > 0 ORDER BY min(posting.id) DESC""",
            [keys, place.wallet_id.id],
        )
        parts = []
        for asset, left in self.env.cr.fetchall():
            part = min(left, cents)
            if part:
                parts.append((asset, part))
            cents -= part
        return parts
