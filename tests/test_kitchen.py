"""Two kitchen screens and a till on a real server: live by the bus, the same after a reload."""

import pytest

from .till import Till
from .venue import open_venue

SCREEN = """
from odoo import Command
company = env["res.company"].browse({company_id})
env = env(context=dict(env.context, allowed_company_ids=company.ids))
category = env["pos.category"].create({{"name": "Drinks"}})
env["product.product"].browse({beer_id}).pos_categ_ids = category
screen = env["tibillet.prep.screen"].create({{
    "name": "Bar", "company_id": company.id,
    "config_ids": [Command.set([{till_id}])], "category_ids": [Command.set(category.ids)],
}})
env.cr.commit()
result = screen.id
"""
LOADED = ".tibillet-prep[data-loaded='1']"
FIRST_PAGE_MS = 180_000
LIVE_MS = 5_000
BACK_MS = 60_000


class Screen:
    """One browser page on a preparation screen."""

    def __init__(self, page, server, login, screen_id):
        self.page, self.server, self.login = page, server, login
        self.url = f"{server.url}/tibillet/prep/{screen_id}"

    def open(self):
        page = self.page
        page.goto(f"{self.server.url}/web/login")
        page.fill("#login", self.login)
        page.fill("#password", self.login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)
        page.goto(self.url)
        page.locator(LOADED).wait_for(timeout=FIRST_PAGE_MS)
        return self

    def reload(self):
        self.page.reload()
        self.page.locator(LOADED).wait_for(timeout=FIRST_PAGE_MS)
        return self

    def card(self, state, number):
        return self.page.locator(f".tibillet-prep-column-{state} .tibillet-prep-card[data-ticket='{number}']")

    def sees(self, state, number, timeout=LIVE_MS):
        self.card(state, number).wait_for(timeout=timeout)
        return self

    def touch(self, state, number, button="advance"):
        self.card(state, number).locator(f".tibillet-prep-{button}").click()
        return self

    def tickets(self):
        """``[[state, number]]`` of every card, as the columns have them."""
        return self.page.locator(".tibillet-prep-card").evaluate_all(
            "cards => cards.map(card => [card.dataset.state, card.dataset.ticket])"
        )


@pytest.fixture
def bar(make_database, make_server, make_context):
    """A till and two screens of its bar, each in a browser of its own: ``(till, first, second)``."""
    database = make_database()
    venue = open_venue(database)
    screen_id = database.shell(SCREEN.format(**venue))
    server = make_server(database)
    pages = [make_context(viewport={"width": 1280, "height": 800}).new_page() for _ in range(3)]
    till = Till(pages[0], server, venue).open()
    first, second = (Screen(page, server, venue["login"], screen_id).open() for page in pages[1:])
    return till, first, second


def test_two_screens_live(bar):
    till, first, second = bar
    till.order("Beer", 2)
    assert first.tickets() == second.tickets() == []
    till.pay("Cash").validate()
    first.sees("to_prepare", 1)
    second.sees("to_prepare", 1)
    first.touch("to_prepare", 1)
    second.sees("ready", 1)
    second.touch("ready", 1)
    first.sees("served", 1)
    first.touch("served", 1, "recall")
    second.sees("ready", 1)
    assert first.reload().tickets() == second.tickets() == [["ready", "1"]]


def test_a_reload_in_the_middle_of_an_order(bar):
    till, first, second = bar
    till.order("Beer")
    assert first.reload().tickets() == []
    till.pay("Cash").validate()
    first.sees("to_prepare", 1)
    assert first.reload().tickets() == second.sees("to_prepare", 1).tickets() == [["to_prepare", "1"]]


def test_the_server_dies_under_the_screens(bar):
    """Killed between two sales: the screens come back alone; the sale made meanwhile leaves with the next one, once."""
    till, first, second = bar
    till.order("Beer", 2).pay("Cash").validate()
    first.sees("to_prepare", 1)
    second.sees("to_prepare", 1)
    till.next_order()
    till.server.kill()
    first.touch("to_prepare", 1)
    first.page.locator(".tibillet-prep-banner").wait_for(timeout=BACK_MS)
    assert first.tickets() == [["to_prepare", "1"]]
    till.order("Beer").pay("Cash").validate()
    till.page.get_by_role("button", name="Continue with limited functionality").click()
    till.server.start()
    for screen in (first, second):
        screen.page.locator(".tibillet-prep-banner").wait_for(state="detached", timeout=BACK_MS)
        assert screen.tickets()[0] == ["to_prepare", "1"]
    till.next_order().order("Beer").pay("Cash").validate().wait_paid(3)
    for screen in (first, second):
        screen.sees("to_prepare", 3)
    assert first.tickets() == second.tickets() == [["to_prepare", number] for number in "123"]
    first.touch("to_prepare", 1)
    second.sees("ready", 1)
