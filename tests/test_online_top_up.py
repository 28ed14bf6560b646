"""Topping up on the web, whole: a phone, Odoo and a Stripe of the tests' own; every cent in wallet, payment and books."""

import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
import requests

from .eye import Eye
from .online import PEOPLE, SECRET, SEED, Payer, Venue, Wire, books, wait_until
from .rig.fakestripe import ASKS_THE_PAYER, DECLINED, GOOD, IBAN, JS, FakeStripe
from .server import Database, Server
from .together import at_once

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}
SOON = 5  # seconds between a message and the money on the wallet
ROUNDS = 6
LEDGER = "tibillet_ledger_transaction"
NAMES = ("Le Bar", "Euro", "VISA", "MasterCard", "American Express")
SIZES = {"phone": (390, 844)}


@pytest.fixture(scope="module")
def venue(template):
    """One bar for the whole file; each test has its own people."""
    stripe, name = FakeStripe(SECRET), f"{template.prefix}_py{os.getpid()}_online"
    database = Database(template.clone(name), name)
    seeded = database.shell(SEED % {"secret": SECRET, "people": PEOPLE})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIBILLET_STRIPE_API", stripe.url)
        server = Server(database)
        server.expect("payment_stripe.controllers.main: Received payment data with (invalid|missing|outdated)")
        # The payer's page and Stripe's message at the same moment: Odoo runs the second again.
        server.expect(r"odoo\.sql_db: bad query: .*could not serialize access")
        yield Venue(server.start(), stripe, seeded)
        complaints = server.stop()
    stripe.stop()
    template.drop(name)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def phone(venue, make_context):
    """`phone(name)` is a Payer with a phone of their own."""

    def make(name):
        context = make_context(**PHONE)
        context.set_default_timeout(30_000)
        script = f"const FAKE_STRIPE = {json.dumps(venue.stripe.url)};\n{JS}"
        context.route(
            "https://js.stripe.com/**", lambda route: route.fulfill(body=script, content_type="text/javascript")
        )
        return Payer(venue, context, name)

    return make


def test_a_good_card_tops_up_once_however_often_it_is_said(venue, phone):
    ann = phone("ann").choose("20,50")
    intent = ann.pay(GOOD)
    ann.page.wait_for_url("**/my/wallet**")
    ann.read("20.50 € are on your wallet")
    venue.assert_credited("ann", 2050)
    body = venue.stripe.event("payment_intent.succeeded", intent)
    assert [venue.hear(body), venue.hear(body)] == [200, 200]
    venue.assert_credited("ann", 2050)


def test_a_declined_card_costs_nothing_and_another_one_pays(venue, phone):
    bob = phone("bob").choose("30")
    declined = bob.pay(DECLINED)
    bob.read("Your card was declined.")
    assert venue.outcome("bob") == (0, 0, [("draft", None, 3000)], {})
    venue.tell("payment_failed", declined)
    assert venue.outcome("bob") == (0, 0, [("error", None, 3000)], {})
    bob.choose("30").pay(GOOD)
    bob.read("30.00 € are on your wallet")
    venue.assert_credited("bob", 3000, [("error", None, 3000), ("done", "credited", 3000)])


def test_a_closed_tab_waits_for_no_cron(venue, phone):
    cleo = phone("cleo").choose("15")
    cleo.page.route("**/payment/stripe/return**", lambda route: route.abort())
    intent = cleo.pay(GOOD)
    cleo.page.close()
    assert venue.outcome("cleo") == (0, 0, [("draft", None, 1500)], {})
    start = time.monotonic()
    venue.tell("succeeded", intent)
    venue.assert_credited("cleo", 1500)
    assert time.monotonic() - start < SOON


def test_sepa_that_settles_days_later_whatever_the_order(venue, phone):
    dan = phone("dan").choose("40")
    intent = dan.pay(IBAN, "sepa_direct_debit")
    dan.page.wait_for_url("**/payment/status")
    assert venue.outcome("dan") == (0, 0, [("pending", None, 4000)], {})
    processing = venue.stripe.event("payment_intent.processing", intent)
    dan.page.goto(f"{venue.server.url}/my/wallet")
    dan.read("40.00 € are on their way")
    venue.tell("succeeded", venue.stripe.settle(intent["id"]))
    assert venue.hear(processing) == 200
    venue.assert_credited("dan", 4000)


def test_sepa_that_fails(venue, phone):
    eve = phone("eve").choose("40")
    intent = eve.pay(IBAN, "sepa_direct_debit")
    eve.page.wait_for_url("**/payment/status")
    venue.tell("payment_failed", venue.stripe.fail(intent["id"], "The account is closed."))
    assert venue.outcome("eve") == (0, 0, [("error", None, 4000)], {})
    eve.read("Nothing was paid")


def test_nobody_confirms_and_it_expires(venue, phone):
    fay = phone("fay").choose("10")
    intent = fay.pay(ASKS_THE_PAYER)
    fay.page.close()
    venue.tell("canceled", venue.stripe.expire(intent["id"]))
    assert venue.outcome("fay") == (0, 0, [("cancel", None, 1000)], {})


def test_a_lie_is_refused_and_the_truth_still_believed(venue, phone):
    gil = phone("gil").choose("12")
    gil.page.route("**/payment/stripe/return**", lambda route: route.abort())
    intent = gil.pay(GOOD)
    body = venue.stripe.event("payment_intent.succeeded", intent)
    signature = venue.stripe.sign(body)
    tampered = body.replace('"amount": 1200', '"amount": 120000')
    assert tampered != body
    lies = [
        (tampered, signature),
        (body, ""),
        (body, signature[:-8] + "00000000"),
        (body, venue.stripe.sign(body, at=int(time.time()) - 3600)),
    ]
    assert [venue.hear(*lie) for lie in lies] == [403] * len(lies)
    assert venue.outcome("gil") == (0, 0, [("draft", None, 1200)], {})
    assert venue.hear(body, signature) == 200
    venue.assert_credited("gil", 1200)


def test_a_refund_in_two_parts_and_no_third(venue, phone):
    hal = phone("hal").choose("50")
    intent = hal.pay(GOOD)
    hal.read("50.00 € are on your wallet")
    old = hal.page.context.new_page()
    old.goto(f"{venue.server.url}/my/wallet")

    ask_back(hal.page, "20")
    hal.read("20.00 € go back to where they came from")
    asked = ("draft", "returning", -2000)
    assert venue.outcome("hal") == (5000, 2000, [("done", "credited", 5000), asked], books(5000))
    venue.run("tibillet_payment.cron_give_back")
    hear_of_refund(venue, intent)
    first = [("done", "credited", 5000), ("done", "returned", -2000)]
    venue.assert_credited("hal", 3000, first)

    hal.page.goto(f"{venue.server.url}/my/wallet")
    ask_back(hal.page, "30")
    hal.read("30.00 € go back to where they came from")
    venue.run("tibillet_payment.cron_give_back")
    hear_of_refund(venue, intent)
    both = [*first, ("done", "returned", -3000)]
    venue.assert_credited("hal", 0, both)

    ask_back(old, "10")
    old.get_by_text("At most 0.00 € can go back").wait_for()
    venue.run("tibillet_payment.cron_give_back")
    venue.assert_credited("hal", 0, both)
    assert [refund["amount"] for refund in venue.stripe.refunds.values()] == [2000, 3000]


def ask_back(page, amount):
    page.get_by_text("Get my money back").click()
    page.get_by_label("How much").fill(amount)
    page.get_by_role("button", name="Ask").click()


def hear_of_refund(venue, intent):
    """Stripe says it as well, twice."""
    body = venue.stripe.event("charge.refunded", venue.stripe.charges[intent["id"]])
    assert [venue.hear(body), venue.hear(body)] == [200, 200]


def test_webhook_and_return_page_race_and_credit_once(venue):
    wire = Wire(venue, "ida")
    for _round in range(ROUNDS):
        intent, address = wire.pay(5)
        body = venue.stripe.event("payment_intent.succeeded", intent)
        said = [lambda body=body: venue.hear(body)] * 2
        answers = at_once(*said, lambda address=address: wire.come_back(address))
        assert answers == [200, 200, 303]
    venue.assert_credited("ida", 500 * ROUNDS, [("done", "credited", 500)] * ROUNDS)


def test_a_server_killed_between_payment_and_credit_credits_once(venue):
    wire = Wire(venue, "jan")
    intent, _address = wire.pay(25)
    body = venue.stripe.event("payment_intent.succeeded", intent)
    with stopped_ledger(venue), ThreadPoolExecutor(1) as stripe:
        heard = stripe.submit(venue.hear, body)
        wait_until(lambda: venue.rows("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass", LEDGER))
        venue.server.kill()
        assert isinstance(heard.exception(), requests.ConnectionError)
    assert venue.outcome("jan") == (0, 0, [("draft", None, 2500)], {})
    venue.server.start()
    assert [venue.hear(body), venue.hear(body)] == [200, 200]
    venue.run("payment.cron_post_process_payment_tx")
    venue.assert_credited("jan", 2500)


@contextmanager
def stopped_ledger(venue):
    """Nothing is credited meanwhile: whoever tries waits."""
    with closing(venue.server.database.connect()) as connection, connection.cursor() as cr:
        cr.execute("BEGIN")
        cr.execute(f"LOCK TABLE {LEDGER} IN EXCLUSIVE MODE")
        yield
        cr.execute("ROLLBACK")


def test_what_the_holder_sees(venue, phone):
    eye = Eye(NAMES)
    for lang in ("en", "fr"):
        payer = phone(lang)
        page, prefix = payer.page, venue.server.url + ("/fr" if lang == "fr" else "")
        see(eye, page, lang, "choose", f"{prefix}/my/wallet/top-up", "#tibillet_amount")
        see(eye, page, lang, "too much", f"{prefix}/my/wallet/top-up?amount=999", ".alert-danger")
        see(eye, page, lang, "pay", f"{prefix}/my/wallet/top-up?amount=20", "[name=o_payment_radio]")
        payer.pay(GOOD)
        see(eye, page, lang, "paid", None, ".alert-success")
        page.locator(".tibillet-page summary", has_text=re.compile("money back|argent")).click()
        see(eye, page, lang, "ask back", None, "[name=amount]")
        page.fill("[name=amount]", "500")
        page.locator("form[action$=give-back] button").click()
        see(eye, page, lang, "too much back", None, ".alert-danger")
    assert not eye.faults(), "\n".join(eye.faults())


def see(eye, page, lang, name, address, selector):
    if address:
        page.goto(address)
    page.locator(f".tibillet-page {selector}").first.wait_for()
    eye.look(page, lang, name, ours=".tibillet-page", sizes=SIZES)
