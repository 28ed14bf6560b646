import hashlib
import hmac
import json
import os
import time
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from odoo.addons.tibillet_payment.tests.common import OnlineCase

SECRET = "whsec_of_the_tests"
WEBHOOK = "/payment/stripe/webhook"
STOCK = "odoo.addons.payment_stripe.controllers.main"


class TestStripeWebhook(OnlineCase, HttpCase):
    """Messages of Stripe, true and false, against a Stripe that answers what `self.intents` says."""

    def setUp(self):
        super().setUp()
        self.stripe = self._prepare_provider(
            "stripe",
            company=self.bar,
            update_values={
                "stripe_secret_key": "sk_test_x",
                "stripe_publishable_key": "pk_test_x",
                "stripe_webhook_secret": SECRET,
                "is_published": True,
            },
        )
        self.card = self.env.ref("payment.payment_method_card")
        self.intents, self.calls = {}, []
        provider = type(self.env["payment.provider"])
        self.startPatcher(patch.object(provider, "_send_api_request", self.answer_as_stripe()))

    def speak_for_the_provider(self):
        """Not here: Stripe speaks for itself."""

    def answer_as_stripe(self):
        def send(_provider, method, endpoint, **_values):
            self.calls.append((method, endpoint))
            if endpoint not in self.intents:
                raise ValidationError(self.env._("Stripe does not answer"))
            return dict(self.intents[endpoint])

        return send

    def start_stripe(self, amount=25.0):
        tx = self.start(amount, provider_id=self.stripe.id, payment_method_id=self.card.id)
        self.intent(tx)
        return tx

    def intent(self, tx, status="succeeded", **changed):
        """What Stripe has now about `tx`."""
        intent = {
            "id": f"pi_{tx.id}",
            "object": "payment_intent",
            "description": tx.reference,
            "status": status,
            "amount": round(tx.amount * 100),
            "currency": "eur",
            "payment_method": {"id": "pm_x", "type": "card", "card": {"brand": "visa", "last4": "4242"}},
            **changed,
        }
        self.intents[f"payment_intents/pi_{tx.id}"] = intent
        return intent

    def event(self, tx, status="succeeded", kind="payment_intent.succeeded", **changed):
        said = {**self.intents[f"payment_intents/pi_{tx.id}"], "status": status, "payment_method": "pm_x", **changed}
        return json.dumps({"id": "evt_1", "type": kind, "data": {"object": said}})

    def send(self, body, secret=SECRET, at=None, headers=None):
        at = at or int(time.time())
        digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
        signed = {"Stripe-Signature": f"t={at},v1={digest}"} if headers is None else headers
        with mute_logger(STOCK, "odoo.http"):
            response = self.url_open(WEBHOOK, data=body, headers={"Content-Type": "application/json", **signed})
        self.env.invalidate_all()
        return response.status_code

    def test_a_signed_message_credits_at_once_with_the_tab_closed(self):
        tx = self.start_stripe()
        self.assertEqual(self.send(self.event(tx)), 200)
        self.assertEqual((tx.state, tx.tibillet_state, self.held()), ("done", "credited", 2500))
        self.assertControlZero(self.bar_euro)

    def test_unsigned_tampered_old_and_foreign_messages_are_refused(self):
        tx = self.start_stripe()
        body = self.event(tx)
        self.assertEqual(self.send(body, headers={}), 403)
        self.assertEqual(self.send(body, secret="whsec_another"), 403)
        self.assertEqual(self.send(body, at=int(time.time()) - 3600), 403)
        self.assertEqual(self.send(body, headers={"Stripe-Signature": f"t={int(time.time())},v1=00"}), 403)
        self.assertEqual((tx.state, self.held()), ("draft", 0))

    def test_without_a_secret_nobody_is_believed(self):
        tx = self.start_stripe()
        self.stripe.stripe_webhook_secret = False
        self.assertEqual(self.send(self.event(tx)), 403)
        self.assertEqual((tx.state, self.held()), ("draft", 0))

    def test_a_provider_is_not_enabled_without_its_secret(self):
        self.stripe.stripe_webhook_secret = False
        with self.assertRaisesRegex(ValidationError, "signing secret"):
            self.stripe.state = "enabled"
        self.stripe.write({"state": "enabled", "stripe_webhook_secret": SECRET})
        with self.assertRaisesRegex(ValidationError, "signing secret"):
            self.stripe.stripe_webhook_secret = False

    def test_only_keys_of_test_mode_go_elsewhere(self):
        stripe = "https://api.stripe.com/v1/payment_intents/pi_1"
        self.assertEqual(self.stripe._build_request_url("payment_intents/pi_1"), stripe)
        self.startPatcher(patch.dict(os.environ, {"TIBILLET_STRIPE_API": "http://127.0.0.1:9"}))
        elsewhere = "http://127.0.0.1:9/v1/payment_intents/pi_1"
        self.assertEqual(self.stripe._build_request_url("payment_intents/pi_1"), elsewhere)
        self.stripe.stripe_secret_key = "sk_live_x"
        self.assertEqual(self.stripe._build_request_url("payment_intents/pi_1"), stripe)

    def test_replayed_and_reordered_messages_credit_once(self):
        tx = self.start_stripe()
        for status, kind in (
            ("succeeded", "payment_intent.succeeded"),
            ("succeeded", "payment_intent.succeeded"),
            ("processing", "payment_intent.processing"),
        ):
            self.assertEqual(self.send(self.event(tx, status, kind)), 200)
        self.assertEqual((tx.state, self.held()), ("done", 2500))

    def test_stripe_itself_has_the_last_word(self):
        tx = self.start_stripe()
        self.intent(tx, status="processing")
        self.assertEqual(self.send(self.event(tx)), 200)
        self.assertEqual((tx.state, self.held()), ("pending", 0))
        self.intent(tx)
        self.send(self.event(tx))
        self.assertEqual((tx.state, self.held()), ("done", 2500))

    def test_a_sepa_that_fails_credits_nothing(self):
        tx = self.start_stripe()
        self.intent(tx, status="processing")
        self.send(self.event(tx, "processing", "payment_intent.processing"))
        self.intent(tx, status="requires_payment_method", last_payment_error={"message": "Account closed"})
        self.send(self.event(tx, "requires_payment_method", "payment_intent.payment_failed"))
        self.assertEqual((tx.state, self.held()), ("error", 0))

    def test_another_amount_currency_or_payment_is_refused(self):
        for changed in ({"amount": 100}, {"currency": "usd"}, {"description": "TOPUP-OF-BOB"}):
            with self.subTest(changed=changed):
                tx = self.start_stripe()
                body = self.event(tx)
                self.intent(tx, **changed)
                self.send(body)
                self.assertEqual((tx.state, self.held()), ("error", 0))

    def test_a_silent_stripe_is_heard_again_later(self):
        tx = self.start_stripe()
        body = self.event(tx)
        intent = self.intents.pop(f"payment_intents/pi_{tx.id}")
        self.assertEqual(self.send(body), 503)
        self.assertEqual((tx.state, self.held()), ("draft", 0))
        self.intents[f"payment_intents/pi_{tx.id}"] = intent
        self.assertEqual(self.send(body), 200)
        self.assertEqual(self.held(), 2500)
