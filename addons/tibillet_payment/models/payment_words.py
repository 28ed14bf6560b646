from odoo import api, models

UNSETTLED = ("returning", "by_hand")


class PaymentTransaction(models.Model):
    """What the holder reads about a payment."""

    _inherit = "payment.transaction"

    @api.model
    def _tibillet_unsettled(self, wallet):
        """Payments of `wallet` under way, or paid and not on it: shown until they are settled."""
        return self.search(
            [
                ("tibillet_wallet_id", "=", wallet.id),
                "|",
                ("state", "=", "pending"),
                ("tibillet_state", "in", UNSETTLED),
            ]
        )

    def _tibillet_sentence(self):
        """Where the money is, for the holder."""
        self.ensure_one()
        words = {"amount": self.currency_id.format(abs(self.amount)), "place": self.tibillet_asset_id.place_id.name}
        if self.operation == "refund":
            return self.env._("%(amount)s are on their way back to your bank, from %(place)s.", **words)
        if self.tibillet_state == "credited":
            return self.env._("%(amount)s are on your wallet.", **words)
        if self.tibillet_state == "returning":
            return self.env._("%(amount)s could not enter your wallet: %(place)s is giving them back.", **words)
        if self.tibillet_state == "returned":
            return self.env._("%(amount)s could not enter your wallet: they were given back to you.", **words)
        if self.tibillet_state == "by_hand":
            return self.env._(
                "%(amount)s were paid and are not on your wallet. %(place)s knows and will settle it.", **words
            )
        if self.state in ("draft", "pending", "authorized", "done"):
            return self.env._("%(amount)s are on their way. They appear here as soon as your bank has paid.", **words)
        return self.env._("Nothing was paid. Try again, or with another card.")

    def _tibillet_words(self):
        """(good news, bad news), one of them None."""
        sentence = self._tibillet_sentence()
        is_good = self.tibillet_state == "credited" or (not self.tibillet_state and self.state in ("pending", "done"))
        return (sentence, None) if is_good else (None, sentence)
