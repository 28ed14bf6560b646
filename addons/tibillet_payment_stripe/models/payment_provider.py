from odoo import api, models
from odoo.exceptions import ValidationError


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
