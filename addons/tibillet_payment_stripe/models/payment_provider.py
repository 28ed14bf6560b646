import os

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import config
from odoo.tools.urls import urljoin

from odoo.addons.payment_stripe import utils as stripe_utils

TEST_KEYS = ("sk_test_", "rk_test_")


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    @api.constrains("state", "code", "stripe_webhook_secret")
    def _check_tibillet_webhook_secret(self):
        if any(
            provider.code == "stripe" and provider.state == "enabled" and not provider.stripe_webhook_secret
            for provider in self.sudo()
        ):
            raise ValidationError(
                self.env._(
                    "Stripe needs its webhook signing secret first: without it anybody could pretend to have paid. "
                    "Create the webhook, paste its secret, then enable."
                )
            )

    def _tibillet_stripe_elsewhere(self):
        """Where keys of Stripe's test mode are sent instead of Stripe, None for Stripe itself: a real key never goes there.

        It is ``tibillet_stripe_api`` of odoo.conf, or TIBILLET_STRIPE_API of the environment.
        """
        elsewhere = os.environ.get("TIBILLET_STRIPE_API") or config.options.get("tibillet_stripe_api")
        key = stripe_utils.get_secret_key(self.sudo()) or ""
        return elsewhere if elsewhere and key.startswith(TEST_KEYS) else None

    def _build_request_url(self, endpoint, *, is_proxy_request=False, **kwargs):
        elsewhere = self.code == "stripe" and not is_proxy_request and self._tibillet_stripe_elsewhere()
        if elsewhere:
            return urljoin(elsewhere, f"/v1/{endpoint}")
        return super()._build_request_url(endpoint, is_proxy_request=is_proxy_request, **kwargs)
