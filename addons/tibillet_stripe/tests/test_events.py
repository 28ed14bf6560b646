import json
import time
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SECRET, StripeCase


@tagged("post_install", "-at_install")
class TestEvents(StripeCase, HttpCase):
    """Messages of Stripe: true and false, told twice, failing."""

    def send(self, body, secret=SECRET, at=None, signature=None, provider=None):
        headers = {
            "Content-Type": "application/json",
            "Stripe-Signature": signature or self.stripe.sign(body, secret, at),
        }
        address = f"/payment/stripe/tibillet/{(provider or self.provider).id}"
        with mute_logger("odoo.http"):
            response = self.url_open(address, data=body, headers=headers)
        self.env.invalidate_all()
        return response.status_code

    def events(self):
        return self.env["tibillet.stripe.event"].sudo().search([("provider_id", "=", self.provider.id)])

    def payout_paid(self):
        self.paid(25.0, "pi_ann")
        said = self.stripe.payout("po_1", 2437, self.stripe.charge("a", 2500, 63, "pi_ann"))
        return self.stripe.message("payout.paid", said)

    def test_a_signed_message_is_kept_and_followed_once(self):
        body = self.payout_paid()
        self.assertEqual([self.send(body), self.send(body)], [200, 200])
        event = self.events()
        self.assertEqual((event.name, event.state, event.company_id), ("evt_1", "done", self.bar))
        self.assertEqual(event.payload, json.loads(body))
        self.assertEqual(self.env["tibillet.stripe.payout"].search([("name", "=", "po_1")]).state, "waiting")

    def test_unsigned_tampered_old_and_foreign_messages_are_refused(self):
        body = self.payout_paid()
        self.assertEqual(self.send(body, signature="nothing"), 403)
        self.assertEqual(self.send(body, secret="whsec_of_odoo"), 403)
        self.assertEqual(self.send(body, at=int(time.time()) - 3600), 403)
        self.assertEqual(self.send(body.replace("2437", "9999"), signature=self.stripe.sign(body, SECRET)), 403)
        self.provider.tibillet_stripe_secret = False
        self.assertEqual(self.send(body, secret=""), 403)
        self.assertFalse(self.events())

    def test_garbage_and_unknown_addresses_are_refused(self):
        body = self.payout_paid()
        self.assertEqual(self.send("no json"), 400)
        self.provider.state = "disabled"
        self.assertEqual(self.send(body), 404)
        self.assertEqual(self.send(body, provider=self.env["payment.provider"].browse(0)), 404)

    def test_what_is_not_for_us_is_kept(self):
        self.assertEqual(self.send(self.stripe.message("customer.created", {"id": "cus_1", "object": "customer"})), 200)
        self.assertEqual(self.events().state, "ignored")

    def test_what_fails_is_answered_and_tried_again(self):
        body = self.payout_paid()
        payouts = type(self.env["tibillet.stripe.payout"])
        with patch.object(payouts, "_learn", side_effect=ValueError("broken")):
            self.assertEqual(self.send(body), 200)
        event = self.events()
        self.assertEqual((event.state, event.error, event.tries), ("failed", "broken", 1))
        self.assertTrue(event.retry_at)
        event.retry_at = "2026-01-01"
        self.env.ref("tibillet_stripe.cron_events").method_direct_trigger()
        self.assertEqual((event.state, event.error), ("done", False))

    def test_an_account_is_told_where_to_write(self):
        self.provider.tibillet_stripe_secret = False
        self.provider.action_tibillet_stripe_webhook()
        self.assertEqual(self.provider.tibillet_stripe_secret, "whsec_given")
        _method, _path, form, headers = self.stripe.asked[-1]
        self.assertTrue(form["url"].endswith(f"/payment/stripe/tibillet/{self.provider.id}"))
        self.assertEqual(headers["Stripe-Version"], form["api_version"])

    def test_a_live_key_is_never_sent_elsewhere(self):
        self.provider.stripe_secret_key = "sk_live_x"
        client = self.provider._tibillet_stripe()
        self.assertEqual(client._requestor._options.base_addresses["api"], "https://api.stripe.com")
