import stripe

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.urls import urljoin

from odoo.addons.payment_stripe import utils as stripe_utils

from ..const import API_VERSION, EVENTS, RETRIES, TIMEOUT


class PaymentProvider(models.Model):
    """The one door to Stripe's own library, for what Odoo's provider does not do; cards stay with Odoo's."""

    _inherit = "payment.provider"

    tibillet_stripe_secret = fields.Char(
        "Signing secret of TiBillet's messages",
        copy=False,
        groups="base.group_system",
        help="Of the second webhook, whose messages carry payouts.",
    )
    tibillet_fee_account_id = fields.Many2one(
        "account.account",
        "Account of Stripe's fees",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'expense_direct_cost'))]",
        help="627 in the French chart; the first one there, when empty.",
    )

    def _tibillet_stripe(self):
        """A client of this provider's account at Stripe: its key, a fixed version, a limit of time, tried again.

        :return: stripe.StripeClient
        :raise UserError: not a provider of Stripe, or without a secret key
        """
        self.ensure_one()
        provider = self.sudo()
        key = stripe_utils.get_secret_key(provider)
        if provider.code != "stripe" or not key:
            raise UserError(self.env._("%s has no secret key of Stripe: paste it first.", provider.name))
        elsewhere = provider._tibillet_stripe_elsewhere()
        return stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            base_addresses={"api": elsewhere} if elsewhere else None,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
            max_network_retries=RETRIES,
        )

    def _tibillet_stripe_url(self):
        return urljoin(self.get_base_url(), f"/payment/stripe/tibillet/{self.id}")

    def action_tibillet_stripe_webhook(self):
        """Have Stripe send its messages here, and keep the secret that signs them."""
        self.ensure_one()
        self.check_access("write")
        params = {"url": self._tibillet_stripe_url(), "enabled_events": list(EVENTS), "api_version": API_VERSION}
        try:
            endpoint = self._tibillet_stripe().v1.webhook_endpoints.create(params)
        except stripe.StripeError as error:
            raise UserError(self.env._("Stripe refuses: %s", error.user_message or error)) from error
        self.tibillet_stripe_secret = endpoint.secret

    def _tibillet_stripe_fee_account(self):
        """Where fees go (account.account).

        :raise UserError: none is chosen, and the chart has no 627
        """
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self.company_id)
        found = self.tibillet_fee_account_id or accounts.search(
            [*accounts._check_company_domain(self.company_id), ("code", "=like", "627%")], limit=1
        )
        if not found:
            raise UserError(self.env._("Choose the account of Stripe's fees on the provider %s.", self.name))
        return found
