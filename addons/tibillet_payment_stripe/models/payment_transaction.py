from werkzeug.exceptions import ServiceUnavailable

from odoo import models
from odoo.exceptions import ValidationError

from odoo.addons.payment import utils as payment_utils


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _process(self, provider_code, payment_data):
        """What fills a wallet is read at Stripe again: an old or reordered message never has the last word."""
        tx = self or self._search_by_reference(provider_code, payment_data)
        intent = payment_data.get("payment_intent")
        if provider_code == "stripe" and tx.tibillet_asset_id and tx.operation != "refund" and isinstance(intent, dict):
            payment_data = tx._tibillet_fetch_again(payment_data)
        return super(PaymentTransaction, tx)._process(provider_code, payment_data)

    def _tibillet_fetch_again(self, payment_data):
        """`payment_data` with the PaymentIntent as Stripe has it now.

        :raise ServiceUnavailable: Stripe does not answer; it sends its message again later
        """
        intent_id = payment_data["payment_intent"].get("id")
        try:
            fresh = self._send_api_request("GET", f"payment_intents/{intent_id}", data={"expand[]": "payment_method"})
        except ValidationError as error:  # the stock webhook would acknowledge it, and never hear of it again
            raise ServiceUnavailable(str(error)) from error
        if fresh.get("description") != self.reference:
            fresh = {**fresh, "amount": 0}  # another payment's: refused as a wrong amount is
        return {**payment_data, "payment_intent": fresh, "payment_method": fresh.get("payment_method")}

    def _send_api_request(self, method, endpoint, *, data=None, **kwargs):
        """A refund asked twice, as after a lost answer, is made once; and it is known again in Stripe's messages."""
        if self.provider_code == "stripe" and method == "POST" and endpoint == "refunds":
            data = {**(data or {}), "metadata[tibillet_reference]": self.reference}
            kwargs.setdefault("idempotency_key", payment_utils.generate_idempotency_key(self, scope="refund"))
        return super()._send_api_request(method, endpoint, data=data, **kwargs)
