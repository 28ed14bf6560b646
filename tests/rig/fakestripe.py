"""A Stripe on 127.0.0.1, as far as Odoo's own provider and a payer's browser go: intents, refunds, messages.

    stripe = FakeStripe("whsec_x")
    stripe.say(url, stripe.event("payment_intent.succeeded", stripe.intents["pi_1"]))

A payer's browser gets `JS` in place of https://js.stripe.com/v3/: a form with one field, and Stripe's own two calls.
"""

import copy
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

GOOD, DECLINED, ASKS_THE_PAYER = "4242424242424242", "4000000000000002", "4000002500003155"
IBAN = "DE89370400440532013000"
JS = Path(__file__).with_suffix(".js").read_text()


class Refusal(Exception):
    """What Stripe answers with another status than 200."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status = status
        self.error = {
            "type": "card_error" if status == 402 else "invalid_request_error",
            "code": code,
            "message": message,
        }


class FakeStripe:
    """`intents`, `charges` and `refunds` are what it holds, by id; `asked` is what it was asked, in order.

    It says nothing by itself: a test tells what, when and how often.

    :param str secret: signs its messages
    """

    def __init__(self, secret):
        self.secret = secret
        self.intents, self.charges, self.refunds, self.asked = {}, {}, {}, []
        self.answered, self.events = {}, 0
        self.lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"stripe": self}))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def event(self, kind, said):
        """The body (str) of a new message about an object as it is now."""
        self.events += 1
        said = {**said, "payment_method": said["payment_method"]["id"]} if said.get("payment_method") else said
        return json.dumps({"id": f"evt_{self.events}", "object": "event", "type": kind, "data": {"object": said}})

    def sign(self, body, at=None):
        """What Stripe puts in its header `Stripe-Signature`."""
        at = at or int(time.time())
        digest = hmac.new(self.secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
        return f"t={at},v1={digest}"

    def say(self, address, body, signature=None):
        """Send a message; the signature is the right one, or what a liar puts there.

        :return: the status (int) that it is answered
        """
        signature = self.sign(body) if signature is None else signature
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        return requests.post(address, data=body, headers=headers, timeout=60).status_code

    def confirm(self, intent_id, number):
        """The payer has typed the number of a card or account.

        :raise Refusal: the bank declines
        """
        intent = self.intents[intent_id]
        kind = intent["payment_method_types"][0]
        details = {"last4": number[-4:]} if kind == "sepa_debit" else {"last4": number[-4:], "brand": "visa"}
        intent["payment_method"] = {"id": f"pm_{intent_id}", "object": "payment_method", "type": kind, kind: details}
        if number == DECLINED:
            return self.fail(intent_id, "Your card was declined.")
        if number == ASKS_THE_PAYER:
            intent["status"] = "requires_action"
        elif kind == "sepa_debit":
            intent["status"] = "processing"
        else:
            self.settle(intent_id)
        return intent

    def settle(self, intent_id):
        """The bank has paid."""
        intent = self.intents[intent_id]
        charge = {
            "id": f"ch_{intent_id}",
            "object": "charge",
            "payment_intent": intent_id,
            "description": intent["description"],
            "amount": intent["amount"],
            "amount_refunded": 0,
            "currency": intent["currency"],
            "refunds": {"object": "list", "data": [], "has_more": False},
        }
        self.charges[intent_id] = charge
        intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"])
        return intent

    def fail(self, intent_id, message):
        """The bank will not pay: the payer is told at once, or whoever listens some days later."""
        intent = self.intents[intent_id]
        was_waiting = intent["status"] == "processing"
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {"code": "card_declined", "type": "card_error", "message": message}
        if not was_waiting:
            raise Refusal(402, "card_declined", message)
        return intent

    def expire(self, intent_id):
        """Nobody came back to confirm."""
        self.intents[intent_id]["status"] = "canceled"
        return self.intents[intent_id]

    def answer(self, method, path, form, key):
        """What one request of Odoo or of the payer's browser gets.

        :raise Refusal: with Stripe's own words
        """
        if method == "POST" and key in self.answered:
            return self.answered[key]
        parts = path.removeprefix("/v1/").split("/")
        if parts[0] == "customers":
            answer = {"id": "cus_1", "object": "customer"}
        elif parts[0] == "payment_intents" and method == "POST":
            answer = self._create_intent(form)
        elif parts[0] == "payment_intents" and parts[1] in self.intents:
            answer = self.intents[parts[1]]
        elif parts[0] == "refunds" and method == "POST":
            answer = self._refund(form)
        elif path == "/js/confirm":
            answer = self.confirm(form["intent"], form["number"])
        else:
            raise Refusal(404, "resource_missing", f"No such thing: {path}")
        answer = copy.deepcopy(answer)
        if key:
            self.answered[key] = answer
        return answer

    def _create_intent(self, form):
        name = f"pi_{len(self.intents) + 1}"
        self.intents[name] = {
            "id": name,
            "object": "payment_intent",
            "client_secret": f"{name}_secret_x",
            "status": "requires_payment_method",
            "amount": int(form["amount"]),
            "currency": form["currency"],
            "description": form["description"],
            "customer": form.get("customer"),
            "payment_method": None,
            "payment_method_types": [form["payment_method_types[]"]],
        }
        return self.intents[name]

    def _refund(self, form):
        charge, amount = self.charges[form["payment_intent"]], int(form["amount"])
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise Refusal(400, "charge_already_refunded", "Refund amount is greater than unrefunded amount on charge")
        refund = {
            "id": f"re_{len(self.refunds) + 1}",
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "payment_intent": form["payment_intent"],
            "status": "succeeded",
            "metadata": {"tibillet_reference": form["metadata[tibillet_reference]"]},
        }
        self.refunds[refund["id"]] = refund
        charge["amount_refunded"] += amount
        charge["refunds"]["data"].insert(0, refund)
        return refund


class Handler(BaseHTTPRequestHandler):
    def _serve(self):
        split = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = {key: values[0] for key, values in parse_qs(body or split.query).items()}
        status, answer = self._answer(split.path, form)
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, path, form):
        if path.startswith("/v1/") and not self.headers.get("Authorization", "").startswith("Bearer sk_test_"):
            return 401, {"error": {"type": "invalid_request_error", "message": "You did not provide an API key."}}
        with self.stripe.lock:
            self.stripe.asked.append((self.command, path))
            try:
                return 200, self.stripe.answer(self.command, path, form, self.headers.get("Idempotency-Key"))
            except Refusal as refusal:
                return refusal.status, {"error": refusal.error}

    do_GET = do_POST = _serve

    def log_message(self, *_args):
        """Quiet: `asked` remembers."""
