"""The door's page on phones: paired by its QR code, online and off, two doors, five hundred tickets."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

TICKETS = 500
PHONE = {"viewport": {"width": 390, "height": 844}}

EVENING = """
from datetime import timedelta
from odoo import fields

company = env["res.company"].search([], limit=1)
bar = env["tibillet.place"].create({"name": "Bar", "slug": "bar-door", "company_id": company.id})
now = fields.Datetime.now()
values = {
    "name": "Concert", "date_begin": now + timedelta(hours=1), "date_end": now + timedelta(hours=5), "date_tz": "UTC",
    "company_id": company.id, "event_mail_ids": [(5,)], "event_ticket_ids": [(0, 0, {"name": "Full"})],
}
concert, play = env["event.event"].create([values, {**values, "name": "Play"}])
def book(event, count, **extra):
    price = event.event_ticket_ids
    return env["event.registration"].create([
        {"event_id": event.id, "event_ticket_id": price.id, "name": f"Guest {number:03d}", **extra} for number in range(count)
    ])
guests, other, gone = book(concert, %(tickets)s), book(play, 1), book(concert, 1)
cancelled = gone.tibillet_token
gone.action_cancel()
doors = env["tibillet.door"].create([{"name": name, "event_id": concert.id} for name in ("North", "South")])
def code(door):
    return env["tibillet.door.pair"].browse(door.action_pair()["res_id"]).url.partition("#")[2]
result = {
    "codes": [code(door) for door in doors], "tokens": guests.mapped("tibillet_token"), "other": other.tibillet_token,
    "cancelled": cancelled, "barcode": guests[-1].barcode,
}
env.cr.commit()
"""

PAIR = """
door = env["tibillet.door"].search([("name", "=", "North")])
result = env["tibillet.door.pair"].browse(door.action_pair()["res_id"]).url.partition("#")[2]
env.cr.commit()
"""


@contextmanager
def door(chromium, server, code, language="en-US"):
    """A phone paired by `code`, its page open."""
    context = chromium.browser.new_context(**PHONE, locale=language)
    page = context.new_page()
    page.goto(f"{server.url}/door#{code}")
    page.wait_for_selector("body[data-ready]")
    # Controlled from now on: the page comes back without a network.
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()


def scanned(page, *shown):
    """The answers of the page's own scan to each of `shown`."""
    return page.evaluate(
        """async (shown) => {
            const said = [];
            for (const one of shown) said.push((await window.door.scan(one)).answer);
            return said;
        }""",
        list(shown),
    )


def violations(page):
    return [
        (found["id"], [node["html"] for node in found["nodes"]]) for found in Axe().run(page).response["violations"]
    ]


@pytest.fixture
def evening(database):
    return database.shell(EVENING % {"tickets": TICKETS})


def test_online_then_offline_on_two_phones(database, make_server, chromium, evening):
    server = make_server(database)
    tokens = evening["tokens"]
    with door(chromium, server, evening["codes"][0]) as north, door(chromium, server, evening["codes"][1]) as south:
        assert north.inner_text("#event") == "Concert"
        altered = tokens[0][:-1] + ("0" if tokens[0][-1] != "0" else "1")
        bad = [altered, "hello", evening["other"], evening["cancelled"]]
        assert scanned(north, tokens[0], tokens[0], *bad) == ["in", "already", "forged", "forged", "other", "cancelled"]
        assert scanned(south, tokens[0]) == ["already"]
        for page in (north, south):
            page.context.set_offline(True)
            page.reload()
            page.wait_for_selector("body[data-ready]")
            assert page.is_visible("#offline")
        assert scanned(north, tokens[0], tokens[1], tokens[1], *bad) == [
            "already", "in", "already", "forged", "forged", "other", "cancelled",
        ]  # fmt: skip
        for hours, answer in (
            ("list.opens = 4e9", "early"),
            ("list.opens = 0, window.door.store.list.ends = 0", "late"),
        ):
            north.evaluate(f"() => {{ window.door.store.{hours} }}")
            assert scanned(north, tokens[2]) == [answer]
        north.evaluate("() => { window.door.store.list.ends = 4e9 }")
        # Each takes half, and ten of the other's.
        middle = TICKETS // 2
        assert set(scanned(north, *tokens[2 : middle + 5])) == {"in"}
        assert set(scanned(south, *tokens[middle - 5 :])) == {"in"}
        assert database.rows("SELECT count(*) FROM event_registration WHERE state = 'done'") == [(1,)]
        for page in (north, south):
            page.context.set_offline(False)
            page.evaluate("() => window.door.sync()")
            page.wait_for_function("() => !window.door.store.queue.length && document.querySelector('#offline').hidden")
        assert database.rows("SELECT count(*) FROM event_registration WHERE state = 'done'") == [(TICKETS,)]
        entered = "SELECT count(*), count(DISTINCT registration_id) FROM tibillet_ticket_scan WHERE answer = 'in'"
        assert database.rows(entered) == [(TICKETS, TICKETS)]
        # The list that it asks for last.
        count = f"{TICKETS} inside of {TICKETS}"
        south.wait_for_function("(count) => document.querySelector('header').innerText.includes(count)", arg=count)
        twice = south.inner_text("#twice")
        assert all(f"Guest {number:03d} (Already in, North, " in twice for number in range(middle - 5, middle + 5)), (
            twice
        )
        assert twice.count("North") == 10
        assert north.is_hidden("#twice")
        south.click("#twice_seen")
        assert south.is_hidden("#twice")


def test_offline_nothing_is_asked(database, make_server, chromium, evening):
    server = make_server(database)
    with door(chromium, server, evening["codes"][0]) as page:
        page.context.set_offline(True)
        page.evaluate("() => window.dispatchEvent(new Event('offline'))")
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        assert set(scanned(page, *evening["tokens"][:50])) == {"in"}
        assert not [url for url in asked if "/door/scan" in url]


@pytest.mark.parametrize("language", ["en-US", "fr-FR"])
def test_a_volunteer_types_and_looks_for_a_name(database, make_server, chromium, evening, language):
    server = make_server(database)
    words = {"en-US": ("Welcome", "Already in", "Coming in"), "fr-FR": ("Bienvenue", "Déjà entré", "Entrée")}[language]
    with door(chromium, server, evening["codes"][0], language) as page:
        manifest = page.evaluate("async () => (await fetch('/door/app.webmanifest')).json()")
        assert (manifest["start_url"], manifest["display"], manifest["icons"][0]["sizes"]) == (
            "/door",
            "standalone",
            "any",
        )
        assert page.evaluate("async (icon) => (await fetch(icon)).ok", manifest["icons"][0]["src"])
        assert violations(page) == []
        assert words[2] in page.inner_text("#scanner")
        page.fill("#shown", "guest 042")
        page.click("#found button")
        page.wait_for_selector("#answer.good")
        assert (page.inner_text("#answer_word"), page.inner_text("#answer_name")) == (words[0], "Guest 042")
        page.wait_for_selector("#answer", state="hidden")
        page.fill("#shown", evening["barcode"])
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer.good")
        page.wait_for_selector("#answer", state="hidden")
        page.fill("#shown", evening["barcode"])
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer.attention")
        assert page.inner_text("#answer_word") == words[1]
        assert violations(page) == []
        page.click("#answer_close")
        assert page.is_hidden("#answer")


def test_a_code_is_good_once(database, make_server, chromium, evening):
    server = make_server(database)
    server.expect(r"odoo\.http: (This code is used|Access Denied)")
    with door(chromium, server, evening["codes"][0]):
        context = chromium.browser.new_context(**PHONE)
        page = context.new_page()
        page.goto(f"{server.url}/door#{evening['codes'][0]}")
        page.wait_for_selector("#unpaired:not([hidden])")
        assert "used or too old" in page.inner_text("#unpaired")
        assert violations(page) == []
        context.close()


def test_paired_anew_a_phone_has_still_to_tell(database, make_server, chromium, evening):
    """Its organiser lets it out while it is offline: it says so, and after the next pairing tells what it decided."""
    server = make_server(database)
    server.expect(r"odoo\.http: Access Denied")
    with door(chromium, server, evening["codes"][0]) as page:
        page.context.set_offline(True)
        page.evaluate("() => window.dispatchEvent(new Event('offline'))")
        assert scanned(page, *evening["tokens"][:3]) == ["in"] * 3
        code = database.shell(PAIR)
        page.context.set_offline(False)
        page.evaluate("() => window.door.sync()")
        page.wait_for_selector("#unpaired:not([hidden])")
        assert "let out" in page.inner_text("#unpaired")
        assert page.is_hidden("#scanner")
        assert "3 to tell" in page.inner_text("#offline")
        page.goto("about:blank")
        page.goto(f"{server.url}/door#{code}")
        page.wait_for_selector("body[data-ready]")
        page.wait_for_function("() => !window.door.store.queue.length")
        assert database.rows("SELECT count(*) FROM event_registration WHERE state = 'done'") == [(3,)]
        assert page.is_visible("#scanner")


def test_whom_a_phone_refused_may_come_later(database, make_server, chromium, evening):
    """A refusal that waits to be told is no entry: the list that comes meanwhile leaves the ticket good."""
    server = make_server(database)
    with door(chromium, server, evening["codes"][0]) as page:
        page.context.set_offline(True)
        page.evaluate("() => window.dispatchEvent(new Event('offline'))")
        page.evaluate("() => { window.door.list = structuredClone(window.door.store.list) }")
        page.evaluate("() => { window.door.store.list.opens = 4e9 }")
        assert scanned(page, evening["tokens"][0]) == ["early"]
        page.evaluate("() => window.door.store.refresh(window.door.list)")
        assert scanned(page, evening["tokens"][0], evening["tokens"][0]) == ["in", "already"]
