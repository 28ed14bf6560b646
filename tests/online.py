"""A venue that takes money online, a Stripe of the tests' own, and who pays: on a phone, or by the page's requests alone."""

import re
import time
from functools import cached_property

from .rig.fakestripe import GOOD
from .server import Client
from .venue import IN_BOTH_LANGUAGES

SECRET = "whsec_of_the_tests"
WEBHOOK = "/payment/stripe/webhook"
PEOPLE = ("ann", "bob", "cleo", "dan", "eve", "fay", "gil", "hal", "ida", "jan", "en", "fr")
SEED = (
    IN_BOTH_LANGUAGES
    + """
euro = env.ref("base.EUR")
euro.active = True
company = env["res.company"].create({"name": "Le Bar", "currency_id": euro.id, "country_id": env.ref("base.fr").id})
place = env["tibillet.place"].create({"name": "Le Bar", "company_id": company.id})
company._tibillet_setup_books()
asset = env["tibillet.asset"].create({
    "name": "Euro", "code": "EUR", "kind": "money", "place_id": place.id, "currency_id": euro.id, "refundable": True,
    "online_topup": True,
})
stripe = env["payment.provider"].search([("code", "=", "stripe")], limit=1).with_company(company).copy({
    "company_id": company.id, "stripe_secret_key": "sk_test_x", "stripe_publishable_key": "pk_test_x",
    "stripe_webhook_secret": %(secret)r,
})
env["account.journal"].create({"name": "Bank", "code": "BNKX", "type": "bank", "company_id": company.id})
methods = env.ref("payment.payment_method_card") | env.ref("payment.payment_method_sepa_direct_debit")
stripe.write({
    "state": "enabled", "is_published": True, "allow_tokenization": False,
    "payment_method_ids": [Command.set(methods.ids)],
})
methods.active = True
wallets = {}
for name in %(people)r:
    user = env["res.users"].create({
        "name": name.title(), "login": name, "password": name + "-of-the-tests", "email": name + "@people.example",
        "lang": "fr_FR" if name == "fr" else "en_US",
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    })
    wallets[name] = env["tibillet.wallet"]._for_partner(user.partner_id).id
jobs = {name: env.ref(name).id for name in (
    "tibillet_payment.cron_give_back", "payment.cron_post_process_payment_tx",
)}
env.cr.commit()
result = {"wallets": wallets, "jobs": jobs, "asset": asset.id, "provider": stripe.id}
"""
)
PAYMENTS = """
    SELECT state, tibillet_state, round(amount * 100)::int FROM payment_transaction
    WHERE tibillet_wallet_id = %s ORDER BY id
"""
ENTRIES = """
    SELECT a.account_type, round(sum(l.balance) * 100)::int
    FROM account_move_line l JOIN account_account a ON a.id = l.account_id
    WHERE l.parent_state = 'posted' AND l.move_id IN (
        SELECT p.move_id FROM account_payment p JOIN payment_transaction t ON t.payment_id = p.id
        WHERE t.tibillet_wallet_id = %s
        UNION
        SELECT m.id FROM account_move m JOIN tibillet_booking b ON b.id = m.tibillet_booking_id
        JOIN payment_transaction t ON b.origin = 'payment.tx:' || t.id WHERE t.tibillet_wallet_id = %s)
    GROUP BY 1 HAVING sum(l.balance) <> 0
"""
OPEN = """
    SELECT count(*) FROM account_move_line l JOIN account_account a ON a.id = l.account_id
    WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted' AND NOT l.reconciled
"""


class Venue:
    """A bar that takes money online: `server`, `stripe`, and what the people have."""

    def __init__(self, server, stripe, seeded):
        self.server, self.stripe = server, stripe
        self.wallets, self.jobs, self.asset, self.provider = (
            seeded[key] for key in ("wallets", "jobs", "asset", "provider")
        )

    @cached_property
    def admin(self):
        return self.server.client()

    def rows(self, query, *values):
        return self.server.database.rows(query, *values)

    def hear(self, body, signature=None):
        """Stripe's message arrives; the status it is answered."""
        return self.stripe.say(self.server.url + WEBHOOK, body, signature)

    def tell(self, kind, intent):
        assert self.hear(self.stripe.event(f"payment_intent.{kind}", intent)) == 200

    def run(self, job):
        self.admin.call("ir.cron", "method_direct_trigger", [self.jobs[job]])

    def outcome(self, name):
        """(cents on the wallet, cents held, payments, entries by type of account where not zero)."""
        wallet = self.wallets[name]
        balance = self.rows("SELECT amount::int, held::int FROM tibillet_ledger_balance WHERE wallet_id = %s", wallet)
        amount, held = balance[0] if balance else (0, 0)
        payments = self.rows(PAYMENTS, wallet)
        return amount, held, payments, dict(self.rows(ENTRIES, wallet, wallet))

    def assert_credited(self, name, cents, payments=None):
        """`cents` are on the wallet, owed to the holder and due by Stripe, and nothing hangs in between."""
        payments = payments or [("done", "credited", cents)]
        assert self.outcome(name) == (cents, 0, payments, books(cents))
        assert self.rows(OPEN) == [(0,)]


def books(cents):
    return {"asset_current": cents, "liability_current": -cents} if cents else {}


class Payer:
    """Somebody with a phone, at home in their wallet."""

    def __init__(self, venue, context, name):
        self.venue, self.name, self.page = venue, name, context.new_page()
        parameters = {"db": venue.server.database.name, "login": name, "password": f"{name}-of-the-tests"}
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        context.request.post(f"{venue.server.url}/web/session/authenticate", data=body, timeout=120_000)

    def choose(self, amount):
        """From the wallet to the payment form."""
        self.page.goto(f"{self.venue.server.url}/my/wallet", timeout=120_000)
        self.page.get_by_role("link", name="Top up", exact=True).click()
        self.page.get_by_label("Another amount").fill(amount)
        self.page.get_by_role("button", name="Continue").click()
        return self

    def pay(self, number, method="card"):
        """Fill the form and press *Pay*; the intent it became."""
        known = len(self.venue.stripe.intents)
        radio = self.page.locator(f"[data-payment-method-code={method}]")
        self.page.locator("[name=o_payment_option]").filter(has=radio).locator("label").first.click()
        self.page.locator("[name=number]").fill(number)
        self.page.locator("[name=o_payment_submit_button]").click()
        intents = self.venue.stripe.intents
        wait_until(lambda: len(intents) > known and intents[f"pi_{known + 1}"]["payment_method"])
        return intents[f"pi_{known + 1}"]

    def read(self, words):
        self.page.get_by_text(words).first.wait_for()
        return self


def wait_until(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


class Wire:
    """A payer without a screen: the requests that the page makes, for what is too fast for one."""

    def __init__(self, venue, name):
        self.venue = venue
        self.client = Client(venue.server.url, venue.server.database.name, name, f"{name}-of-the-tests")

    def pay(self, amount, route=None, **more):
        """Start a payment and have the bank pay it; what was not said yet: (intent, address of the return page).

        :param route: another than the top-up's, with what `more` it asks for
        """
        page = self.client.session.get(f"{self.client.url}/my/wallet/top-up?amount={amount}", timeout=60).text
        [method] = self.venue.rows("SELECT id FROM payment_method WHERE code = 'card'")
        form = {
            "provider_id": self.venue.provider,
            "payment_method_id": method[0],
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my/wallet",
            "is_validation": False,
            "access_token": re.search(r'data-access-token="([^"]+)"', page)[1],
        }
        values = self.client.post(route or f"/my/wallet/top-up/transaction/{self.venue.asset}", form | more)
        intent = self.venue.stripe.confirm(values["client_secret"].split("_secret_")[0], GOOD)
        return intent, f"{values['return_url']}&payment_intent={intent['id']}"

    def come_back(self, address):
        return self.client.clone().session.get(address, timeout=60, allow_redirects=False).status_code
