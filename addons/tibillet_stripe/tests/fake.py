"""A Stripe of the tests' own: a real server on 127.0.0.1 that speaks as much of its API as the library is asked for here."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from stripe import WebhookSignature


class FakeStripe:
    """`payouts`, `movements` (by payout) and `sessions` are what it knows; `asked` is what it was asked, in order."""

    def __init__(self):
        self.payouts, self.movements, self.sessions, self.asked = {}, {}, {}, []
        self.answered = {}  # by idempotency key
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"stripe": self}))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def payout(self, name, amount, *movements, status="paid", automatic=True, day="2026-11-20", currency="eur"):
        """A payout of `amount` cents, and the movements it is made of."""
        arrival = int(time.mktime(time.strptime(f"{day} 12:00", "%Y-%m-%d %H:%M")))
        self.payouts[name] = {
            "id": name,
            "object": "payout",
            "amount": amount,
            "arrival_date": arrival,
            "automatic": automatic,
            "currency": currency,
            "status": status,
        }
        own = self.movement(f"txn_{name}", "payout", -amount, source={"id": name, "object": "payout"})
        self.movements[name] = [own, *movements]
        return self.payouts[name]

    def movement(self, name, kind, amount, fee=0, source=None, **more):
        """A balance transaction, in cents."""
        return {
            "id": name,
            "object": "balance_transaction",
            "type": kind,
            "reporting_category": kind,
            "description": more.pop("description", kind),
            "amount": amount,
            "fee": fee,
            "net": amount - fee,
            "currency": "eur",
            "source": source,
            **more,
        }

    def charge(self, name, amount, fee, intent):
        return self.movement(
            f"txn_{name}", "charge", amount, fee, {"id": f"ch_{name}", "object": "charge", "payment_intent": intent}
        )

    def refund(self, name, amount, refund):
        return self.movement(f"txn_{name}", "refund", -amount, 0, {"id": refund, "object": "refund"})

    def message(self, kind, said, name="evt_1"):
        return json.dumps({"id": name, "object": "event", "type": kind, "data": {"object": said}})

    def sign(self, body, secret, at=None):
        return WebhookSignature.generate_signature_header(body, secret, at)

    def answer(self, method, path, form, key):
        """(status, answer) of one request."""
        if method == "POST" and key in self.answered:
            before, answer = self.answered[key]
            if before != form:
                return 400, {"error": {"type": "idempotency_error", "message": "Keys are for one request only."}}
            return 200, answer
        parts = path.removeprefix("/v1/").split("/")
        if parts[0] == "payouts":
            return 200, self._list(path, list(self.payouts.values()), form)
        if parts[0] == "balance_transactions":
            return 200, self._list(path, self.movements[form["payout"]], form)
        if parts[0] == "webhook_endpoints":
            return 200, {"id": "we_1", "object": "webhook_endpoint", "secret": "whsec_given", "url": form["url"]}
        if parts[:2] == ["checkout", "sessions"]:
            return self._session(method, parts[2:], form)
        return 404, {"error": {"type": "invalid_request_error", "message": f"Unknown: {path}"}}

    def _session(self, method, rest, form):
        if method == "POST" and not rest:
            name = f"cs_{len(self.sessions) + 1}"
            self.sessions[name] = {
                "id": name,
                "object": "checkout.session",
                "status": "open",
                "payment_status": "unpaid",
                "url": f"{self.url}/c/pay/{name}",
                "client_reference_id": form["client_reference_id"],
                "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
                "currency": form["line_items[0][price_data][currency]"],
                "success_url": form["success_url"],
                "payment_intent": None,
            }
            return 200, dict(self.sessions[name])
        if rest[0] not in self.sessions:
            return 404, {"error": {"type": "invalid_request_error", "message": "No such session"}}
        if rest[1:] == ["expire"]:
            self.sessions[rest[0]]["status"] = "expired"
        return 200, dict(self.sessions[rest[0]])

    def pay(self, name, status="succeeded", **changed):
        """Somebody pays on the page of session `name`; a bank that takes days answers "processing" first."""
        session = self.sessions[name]
        session["status"] = "complete"
        session["payment_status"] = "paid" if status == "succeeded" else "unpaid"
        session["payment_intent"] = {
            "id": f"pi_{name}",
            "object": "payment_intent",
            "description": session["client_reference_id"],
            "amount": session["amount_total"],
            "currency": session["currency"],
            "status": status,
            "payment_method": {"id": "pm_1", "object": "payment_method", "type": "card", "card": {"brand": "visa"}},
        }
        session.update(changed)
        return session

    def _list(self, path, rows, form):
        """In pages of two, so that whoever reads only the first page is found out."""
        start = next((at + 1 for at, row in enumerate(rows) if row["id"] == form.get("starting_after")), 0)
        page = rows[start : start + 2]
        return {"object": "list", "data": page, "has_more": start + 2 < len(rows), "url": path}


class Handler(BaseHTTPRequestHandler):
    stripe = None

    def _serve(self):
        split = urlsplit(self.path)
        if split.path.startswith("/c/pay/"):
            self._page(split.path.removeprefix("/c/pay/"))
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = {key: values[0] for key, values in parse_qs(body or split.query).items()}
        key = self.headers.get("Idempotency-Key")
        with self.stripe.lock:
            self.stripe.asked.append((self.command, split.path, form, dict(self.headers)))
            status, answer = self.stripe.answer(self.command, split.path, form, key)
            if self.command == "POST" and key and status == 200:
                self.stripe.answered.setdefault(key, (form, answer))
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _page(self, name):
        """The hosted page: one button, and back to the shop."""
        session = self.stripe.sessions[name]
        if self.command == "POST":
            with self.stripe.lock:
                self.stripe.pay(name)
            self.send_response(303)
            self.send_header("Location", session["success_url"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = b'<!doctype html><title>Pay</title><form method="post"><button id="pay">Pay now</button></form>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _serve

    def log_message(self, *_args):
        """Quiet."""
