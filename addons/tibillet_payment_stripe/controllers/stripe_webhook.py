from werkzeug.exceptions import Forbidden

from odoo.http import request

from odoo.addons.payment_stripe import utils as stripe_utils
from odoo.addons.payment_stripe.controllers.main import StripeController


class StripeWebhook(StripeController):
    def _verify_signature(self, tx_sudo):
        """Stock lets every message pass while no secret is set: anybody could then say that they paid."""
        if not stripe_utils.get_webhook_secret(tx_sudo.provider_id) or not request.httprequest.headers.get(
            "Stripe-Signature"
        ):
            raise Forbidden()
        return super()._verify_signature(tx_sudo)

    @staticmethod
    def _create_refund_tx_from_refund(source_tx_sudo, refund_object):
        """Our own refund may be heard of before its request has answered: it is that one, not another."""
        reference = (refund_object.get("metadata") or {}).get("tibillet_reference")
        known = source_tx_sudo.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.reference == reference
        )
        return known or StripeController._create_refund_tx_from_refund(source_tx_sudo, refund_object)
