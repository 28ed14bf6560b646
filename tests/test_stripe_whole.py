"""Stripe's own library on a real server, against a Stripe of the tests' own: many at once, and what people see."""

import importlib.util
import re

import pytest
import requests

from launcher import paths

from .eye import Eye
from .together import at_once
from .venue import IN_BOTH_LANGUAGES

CROWD = 6
SECRET = "whsec_of_tibillet"
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
PAGE = ".tibillet-page"
NAMES = ("Le Bar", "Euro", "Euro · Le Bar", "•••• 4242")
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEED = (
    IN_BOTH_LANGUAGES
    + """
euro = env.ref("base.EUR")
euro.active = True
company = env["res.company"].with_context(install_mode=True).create(
    {"name": "Le Bar", "currency_id": euro.id, "country_id": env.ref("base.fr").id}
)
company = company.with_context(install_mode=False)
place = env["tibillet.place"].create({"name": "Le Bar", "company_id": company.id})
company._tibillet_setup_books()
asset = env["tibillet.asset"].create({
    "name": "Euro", "code": "EUR", "kind": "money", "place_id": place.id, "currency_id": euro.id, "refundable": True,
    "online_topup": True,
})
stripe = env["payment.provider"].search([("code", "=", "stripe")], limit=1)
stripe = stripe.with_company(company).copy({
    "company_id": company.id, "stripe_secret_key": "sk_test_x", "stripe_publishable_key": "pk_test_x",
    "stripe_webhook_secret": "whsec_of_odoo", "tibillet_stripe_secret": "whsec_of_tibillet",
})
env["account.journal"].create({"name": "Bank", "code": "BNKX", "type": "bank", "company_id": company.id})
stripe.write({"state": "test", "is_published": True, "allow_tokenization": True})
card = env.ref("payment.payment_method_card")
card.active = True
stripe.payment_method_ids = [Command.link(card.id)]
portal = env.ref("base.group_portal")
links = {}
for lang in ("en_US", "fr_FR"):
    user = env["res.users"].create({
        "name": "Anna", "login": lang[:2] + "@people.example", "password": "anna-of-the-tests", "lang": lang,
        "email": lang[:2] + "@people.example", "group_ids": [Command.set(portal.ids)],
    })
    wallet = env["tibillet.wallet"]._for_partner(user.partner_id)
    env["payment.token"].create({
        "provider_id": stripe.id, "partner_id": user.partner_id.id, "payment_method_id": card.id,
        "payment_details": "4242", "provider_ref": "cus_x", "stripe_payment_method": "pm_x",
    })
    links[lang[:2]] = [
        env["tibillet.top.up.link"].create({"wallet_id": wallet.id, "asset_id": asset.id, "amount": 20.0}).token
        for _each in range(2)
    ]
env["res.users"].create({
    "name": "Books", "login": "books", "password": "books-of-the-tests", "company_id": company.id, "lang": "en_US",
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.link(env.ref("tibillet_base.group_accountant").id)],
})
env.cr.commit()
result = {"links": links, "provider": stripe.id}
"""
)


@pytest.fixture
def fake():
    """The Stripe of the addon's own tests."""
    spec = importlib.util.spec_from_file_location("fakestripe_of_addon", paths.ADDONS / "tibillet_stripe/tests/fake.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stripe = module.FakeStripe()
    yield stripe
    stripe.stop()


@pytest.fixture
def venue(fake, make_database, make_server, monkeypatch):
    """A venue whose Stripe is the fake: `server`, `fake`, `links`, `provider`."""
    monkeypatch.setenv("TIBILLET_STRIPE_API", fake.url)
    database = make_database()
    seeded = database.shell(SEED)
    return Venue(make_server(database), fake, seeded)


class Venue:
    def __init__(self, server, fake, seeded):
        self.server, self.fake = server, fake
        self.links, self.provider = seeded["links"], seeded["provider"]

    def rows(self, query):
        return self.server.database.rows(query)

    def payer(self, token):
        """Somebody who has opened the link: what presses *Pay*."""
        session = requests.Session()
        session.trust_env = False
        address = f"{self.server.url}/top-up/{token}"
        csrf = FORM_TOKEN.search(session.get(address, timeout=120).text)[1]
        return lambda: session.post(address, data={"csrf_token": csrf}, timeout=120, allow_redirects=False)

    def teller(self, kind, said, event):
        """Stripe, about to say something."""
        body = self.fake.message(kind, said, event)
        headers = {"Content-Type": "application/json", "Stripe-Signature": self.fake.sign(body, SECRET)}
        address = f"{self.server.url}/payment/stripe/tibillet/{self.provider}"
        return lambda: requests.post(address, data=body, headers=headers, timeout=120)


def test_many_at_once_pay_tell_and_book_once(venue):
    token = venue.links["en"][0]
    answers = at_once(*(venue.payer(token) for _each in range(CROWD)))
    assert {answer.headers.get("Location") for answer in answers} == {f"{venue.fake.url}/c/pay/cs_1"}
    assert list(venue.fake.sessions) == ["cs_1"]

    paid = venue.fake.pay("cs_1")
    tellers = [venue.teller("checkout.session.completed", paid, f"evt_{number % 3}") for number in range(CROWD)]
    back = [lambda: requests.get(f"{venue.server.url}/top-up/{token}?back=1", timeout=120)] * 2
    assert {answer.status_code for answer in at_once(*tellers, *back)} == {200}
    assert venue.rows("SELECT sum(amount)::int FROM tibillet_ledger_balance") == [(2000,)]
    assert venue.rows("SELECT count(*), count(DISTINCT name) FROM tibillet_stripe_event WHERE state = 'done'") == [
        (3, 3)
    ]
    assert venue.rows("SELECT count(*) FROM account_payment WHERE payment_transaction_id IS NOT NULL") == [(1,)]

    payout = venue.fake.payout("po_1", 1945, venue.fake.charge("a", 2000, 55, "pi_cs_1"))
    told = at_once(*(venue.teller("payout.paid", payout, f"evt_po_{number % 2}") for number in range(CROWD)))
    assert {answer.status_code for answer in told} == {200}
    [(payout_id,)] = venue.rows("SELECT id FROM tibillet_stripe_payout")
    books = venue.server.client("books", "books-of-the-tests")
    clerks = [books.clone() for _each in range(CROWD)]
    at_once(*(lambda clerk=clerk: clerk.call("tibillet.stripe.payout", "action_book", [payout_id]) for clerk in clerks))
    assert venue.rows("SELECT state FROM tibillet_stripe_payout") == [("booked",)]
    assert venue.rows("SELECT count(*) FROM account_move WHERE tibillet_payout_id IS NOT NULL") == [(1,)]
    assert venue.rows("SELECT state FROM tibillet_stripe_payout_line") == [("matched",)]


def test_what_people_see(venue, make_context):
    eye, server = Eye(NAMES), venue.server
    # Where Stripe's page sends the payer back to.
    server.client().call("ir.config_parameter", "set_param", "web.base.url", server.url)
    for lang, prefix in (("en", ""), ("fr", "/fr")):
        context = make_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        context.set_default_timeout(60_000)
        page = context.new_page()
        open_top_up(venue, eye, page, lang, prefix)
        open_automatic(venue, eye, page, lang, prefix)
    assert not eye.faults(), "\n".join(eye.faults())


def open_top_up(venue, eye, page, lang, prefix):
    first, second = venue.links[lang]
    page.goto(f"{venue.server.url}{prefix}/top-up/{first}", timeout=180_000)
    see(eye, page, lang, "a link to top up", "form .btn-primary")
    page.click(f"{PAGE} form .btn-primary")
    page.click("#pay")
    see(eye, page, lang, "a link, paid", ".alert-success")
    page.goto(f"{venue.server.url}{prefix}/top-up/{second}x")
    see(eye, page, lang, "a link that is over", ".fa-chain-broken")


def open_automatic(venue, eye, page, lang, prefix):
    page.goto(f"{venue.server.url}{prefix}/web/login")
    page.fill("#login", f"{lang}@people.example")
    page.fill("#password", "anna-of-the-tests")
    page.locator("form.oe_login_form button[type=submit]").first.click()
    page.wait_for_url("**/my**")
    page.goto(f"{venue.server.url}{prefix}/my/wallet/auto")
    see(eye, page, lang, "automatic top-up", "select")
    page.fill("[name=threshold]", "0")
    page.check("[name=agree]")
    page.click(f"{PAGE} form .btn-primary")
    see(eye, page, lang, "automatic top-up, refused", ".alert-danger")
    page.check("[name=agree]")
    page.click(f"{PAGE} form .btn-primary")
    see(eye, page, lang, "wallet, filling by itself", ".alert-success")
    page.goto(f"{venue.server.url}{prefix}/my/wallet/auto")
    see(eye, page, lang, "automatic top-up, on", ".alert-success")
    page.click(f"{PAGE} .btn-outline-danger")
    see(eye, page, lang, "automatic top-up, off", ".alert-success")


def see(eye, page, lang, name, selector):
    page.locator(f"{PAGE} {selector}").first.wait_for()
    eye.look(page, lang, name, ours=PAGE, sizes=SIZES)
