import os
from unittest.mock import patch

from odoo.addons.tibillet_payment.tests.common import OnlineCase

from .fake import FakeStripe

SECRET = "whsec_of_tibillet"


class StripeCase(OnlineCase):
    """The bar has an account at the tests' own Stripe."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls._prepare_provider(
            "stripe",
            company=cls.bar,
            update_values={
                "stripe_secret_key": "sk_test_x",
                "stripe_publishable_key": "pk_test_x",
                "stripe_webhook_secret": "whsec_of_odoo",
                "tibillet_stripe_secret": SECRET,
                "is_published": True,
            },
        )
        cls.card_method = cls.env.ref("payment.payment_method_card")

    def setUp(self):
        super().setUp()
        self.stripe = FakeStripe()
        self.addCleanup(self.stripe.stop)
        self.startPatcher(patch.dict(os.environ, {"TIBILLET_STRIPE_API": self.stripe.url}))

    def speak_for_the_provider(self):
        """As Stripe does; :meth:`paid` says that it did."""

    def paid(self, amount=25.0, intent="pi_1", wallet=None):
        """A top-up of `amount` paid by Stripe's PaymentIntent `intent`, in the books."""
        tx = self.start(amount, wallet=wallet, provider_id=self.provider.id, payment_method_id=self.card_method.id)
        tx.provider_reference = intent
        tx._set_done()
        tx._post_process()
        return tx

    def refunded(self, tx, amount, refund="re_1"):
        """`amount` of `tx` given back by Stripe's refund `refund`, in the books."""
        child = tx._create_child_transaction(amount, is_refund=True)
        child.provider_reference = refund
        child._set_done()
        child._post_process()
        return child

    def learn(self, *names):
        """The payouts `names` are heard of and booked."""
        payouts = self.env["tibillet.stripe.payout"].sudo()
        payouts._learn(self.provider, [self.stripe.payouts[name] for name in names])
        found = payouts.search([("name", "in", names), ("provider_id", "=", self.provider.id)])
        for payout in found.sorted("name"):
            payout._book()
        return found
