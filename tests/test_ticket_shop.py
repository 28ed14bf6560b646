"""Tickets on the web, whole: visitors on a phone, Odoo and a Stripe of the tests' own; seats, money and mails agree."""

import json
import os
import threading
import time
from contextlib import suppress

import pytest
import requests

from .eye import Eye
from .online import SECRET, Payer, Venue, wait_until
from .rig.fakestripe import JS, FakeStripe
from .server import Database, Server
from .shop import SHOP, Visitor, booking, mails, tickets

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}
NAMES = ("Fanfare", "Cantine", "Duo", "Bal", "Full", "Low", "Share", "Le Bar", "Zoé", "Ines", "PDF", "Calendar")
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
STANDING = """
    SELECT tx.state, o.state, r.state FROM event_registration r JOIN sale_order o ON o.id = r.sale_order_id
      JOIN sale_order_transaction_rel rel ON rel.sale_order_id = o.id
      JOIN payment_transaction tx ON tx.id = rel.transaction_id
     WHERE r.email = %s
"""
COUNTS = "SELECT count(*) FROM tibillet_seat_count WHERE used <> tibillet_seat_truth(scope, ref, slot)"


@pytest.fixture(scope="module")
def shop(template):
    """(the bar, its events): one for the whole file."""
    stripe, name = FakeStripe(SECRET), f"{template.prefix}_py{os.getpid()}_shop"
    database = Database(template.clone(name), name)
    seeded = database.shell(SHOP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIBILLET_STRIPE_API", stripe.url)
        server = Server(database)
        server.expect(r"odoo\.sql_db: bad query: .*sold out")
        server.expect(r"odoo\.http: (The last places|Only )")
        venue = Venue(server.start(), stripe, seeded)
        venue.company = seeded["company"]
        yield venue, seeded["events"]
        complaints = server.stop()
    stripe.stop()
    template.drop(name)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def phone(shop, make_context):
    """`phone("fr")` is a Visitor with a phone of their own."""
    venue, events = shop

    def make(lang="en"):
        context = make_context(**PHONE, locale="fr-FR" if lang == "fr" else "en-US")
        context.set_default_timeout(30_000)
        script = f"const FAKE_STRIPE = {json.dumps(venue.stripe.url)};\n{JS}"
        context.route(
            "https://js.stripe.com/**", lambda route: route.fulfill(body=script, content_type="text/javascript")
        )
        return Visitor(venue, events, context, lang)

    return make


def suppressed(act, *arguments):
    """What a killed server leaves unanswered."""
    with suppress(requests.RequestException):
        act(*arguments)


def agree(venue):
    """What is counted stands there."""
    assert venue.rows(COUNTS) == [(0,)]


def test_free_in_two_steps(shop, phone):
    venue, _events = shop
    phone().choose("meal", 2).read("kept for you for 15 minutes").sign_up("Zoé", "zoe@people.example")
    assert [row[1] for row in tickets(venue, "zoe@people.example")] == ["open", "open"]
    agree(venue)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_paid_shown_passed_on_and_paid_back(shop, phone, lang):
    venue, _events = shop
    email = f"paid-{lang}@people.example"
    eye = Eye(NAMES)
    visitor = phone(lang).choose("concert", 2).sign_up("Zoé", email)
    visitor.page.locator(".o_tibillet_held").wait_for()
    eye.look(visitor.page, lang, "payment", ours=".o_tibillet_held", sizes={"phone": SIZES["phone"]})
    intent = visitor.pay()
    visitor.page.wait_for_url("**/shop/confirmation**")
    assert intent["amount"] == 2400
    wait_until(lambda: [row[1:] for row in tickets(venue, email)] == [("open", 1200)] * 2)
    assert len([body for _subject, body in mails(venue, email) if "/booking/" in body]) == 1, "one mail for both"
    address = booking(venue, email)
    visitor.go(address)
    eye.look(visitor.page, lang, "tickets", sizes=SIZES)
    visitor.page.locator("details summary").nth(1).click()
    eye.look(visitor.page, lang, "pass on", sizes=SIZES)
    visitor.page.locator("[name=name]").nth(1).fill("Ines")
    visitor.page.locator("[name=email]").nth(1).fill(f"ines-{lang}@people.example")
    visitor.page.locator("details[open] button").click()
    visitor.page.locator(".alert-success").wait_for()
    assert len(mails(venue, f"ines-{lang}@people.example")) == 1
    visitor.page.locator("a.text-danger").first.click()
    visitor.page.locator("#to_payment").wait_for()
    eye.look(visitor.page, lang, "cancel", sizes=SIZES)
    visitor.page.locator("#to_payment").click()
    visitor.page.locator(".alert-success").wait_for()
    eye.look(visitor.page, lang, "cancelled", sizes=SIZES)
    venue.run("tibillet_payment.cron_give_back")
    assert [refund["amount"] for refund in venue.stripe.refunds.values()][-1] == 1200
    assert sorted(row[1] for row in tickets(venue, email) + tickets(venue, f"ines-{lang}@people.example")) == [
        "cancel",
        "open",
    ]
    agree(venue)
    assert not eye.faults(), "\n".join(eye.faults())


def test_by_wallet(shop, make_context, phone):
    venue, events = shop
    visitor = phone()
    Payer(venue, visitor.context, "ann").page.close()
    visitor.choose("ball", 2)
    visitor.sign_up("Ann", "ann@people.example")
    visitor.page.locator("[name=o_payment_option]").filter(has_text="My wallet").locator("label").first.click()
    visitor.page.locator("[name=o_payment_submit_button]:visible").first.click()
    visitor.page.wait_for_url("**/shop/confirmation**")
    assert [row[1:] for row in tickets(venue, "ann@people.example")] == [("open", 1500)] * 2
    balance = "SELECT amount::int, held::int FROM tibillet_ledger_balance WHERE wallet_id = %s"
    assert venue.rows(balance, venue.wallets["ann"]) == [(2000, 0)]
    agree(venue)


def test_a_server_killed_while_it_learns_that_it_is_paid(shop, phone):
    """Killed before the message is answered, in the middle of it, and after: seat, order and money agree each time."""
    venue, _events = shop
    for number, wait in enumerate((0.0, 0.05, 0.15, 0.3)):
        email = f"killed-{number}@people.example"
        visitor = phone().choose("ball", 1).sign_up("Zoé", email)
        visitor.page.route("**/payment/stripe/return**", lambda route: route.abort())
        intent = visitor.pay()
        visitor.context.close()
        body = venue.stripe.event("payment_intent.succeeded", intent)
        told = threading.Thread(target=lambda body=body: suppressed(venue.hear, body))
        told.start()
        time.sleep(wait)
        venue.server.kill()
        told.join()
        # Either all of it stands or nothing of it.
        [(paid, order, ticket)] = venue.rows(STANDING, email)
        assert (order == "sale") == (ticket == "open"), (paid, order, ticket)
        agree(venue)
        venue.server.start()
        venue.__dict__.pop("admin", None)
        # Stripe tells what was not answered again.
        assert venue.hear(body) == 200
        venue.run("payment.cron_post_process_payment_tx")
        assert venue.rows(STANDING, email) == [("done", "sale", "open")]
        held = "SELECT COALESCE(sum(h.seats), 0)::int FROM tibillet_seat_hold h JOIN event_registration r"
        assert venue.rows(f"{held} ON r.tibillet_seat_key = h.key WHERE r.email = %s", email) == [(0,)]
        agree(venue)


def test_the_last_seats_and_a_payment_that_comes_too_late(shop, phone):
    venue, events = shop
    slow = phone().choose("last", 2).sign_up("Slow", "slow@people.example")
    quick = phone()
    quick.go(f"/event/{events['last']['id']}/register")
    quick.page.wait_for_load_state("networkidle")
    assert quick.page.locator("[data-bs-target='#modal_ticket_registration']:visible:not([disabled])").count() == 0
    # Their time is over, and somebody has it while they type the number of their card.
    venue.rows("UPDATE tibillet_seat_hold SET expires_at = now() AT TIME ZONE 'UTC' - interval '1 minute' RETURNING 1")
    slow.page.route("**/payment/stripe/return**", lambda route: route.abort())
    intent = slow.pay()
    venue.rows("UPDATE tibillet_seat_hold SET expires_at = now() AT TIME ZONE 'UTC' - interval '1 minute' RETURNING 1")
    quick.choose("last", 1).sign_up("Quick", "quick@people.example").pay()
    quick.page.wait_for_url("**/shop/confirmation**")
    venue.tell("succeeded", intent)
    venue.run("payment.cron_post_process_payment_tx")
    assert {row[1] for row in tickets(venue, "slow@people.example")} == {"cancel"}
    venue.run("tibillet_payment.cron_give_back")
    assert venue.stripe.refunds[f"re_{len(venue.stripe.refunds)}"]["amount"] == 2000
    assert "your places were gone" in mails(venue, "slow@people.example")[-1][0]
    slow.go("/shop/confirmation").read("Your payment came too late")
    assert [row[1] for row in tickets(venue, "quick@people.example")] == ["open"]
    agree(venue)


def test_cancelled_by_its_organiser(shop, phone):
    venue, events = shop
    phone().choose("concert", 1, price=1).sign_up("Zoé", "news@people.example").pay()
    wait_until(lambda: [row[1] for row in tickets(venue, "news@people.example")] == ["open"])
    address = booking(venue, "news@people.example")
    here = {"context": {"allowed_company_ids": [venue.company]}}
    wizard = venue.admin.call("tibillet.event.news", "create", [{"event_id": events["concert"]["id"]}], **here)
    venue.admin.call("tibillet.event.news", "action_apply", wizard, **here)
    venue.run("news")
    subject, body = mails(venue, "news@people.example")[-1]
    assert (subject, "8.00" in body) == ("Cancelled: Fanfare", True)
    venue.run("tibillet_payment.cron_give_back")
    assert venue.stripe.refunds[f"re_{len(venue.stripe.refunds)}"]["amount"] == 800
    phone().go(address).read("go back to where they came from")
    agree(venue)
