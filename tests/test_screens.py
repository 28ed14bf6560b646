"""What people see at a till, in English and French, on a tablet, held upright, and on a phone: whole, large, legible."""

import re

import pytest

from .eye import Eye
from .till import Till
from .venue import open_venue

MORE = """
from odoo import Command
company = env["res.company"].browse({company_id})
env = env(context=dict(env.context, allowed_company_ids=company.ids))
bar, place = env["pos.config"].browse({till_id}), env["tibillet.place"].browse({place_id})
english = env["res.users"].search([("login", "=", {login!r})])
english.copy({{"name": "barre", "login": "barre", "password": "barre", "lang": "fr_FR"}})
for name, code, kind in (("Tokens", "TOK", "gift"), ("Hours", "HRS", "time")):
    env["tibillet.asset"].create({{
        "name": name, "code": code, "kind": kind, "place_id": place.id,
        "currency_id": company.currency_id.id if kind == "gift" else False,
    }})
cup = env["product.product"].create({{
    "name": "Cup", "available_in_pos": True, "list_price": 1.0, "type": "service", "company_id": company.id,
    "taxes_id": [Command.clear()], "tibillet_deposit": True,
}})
tills = {{}}
for name, values in (
    ("kiosk", {{"tibillet_behaviour": "kiosk"}}),
    ("lock", {{"tibillet_cashier_login": True, "tibillet_training": True}}),
):
    till = company._tibillet_open_till(name.title())
    till.write(values)
    session = env["pos.session"].create({{"config_id": till.id, "user_id": env.uid}})
    session.set_opening_control(0, "")
    tills[name] = till.id
last = env["tibillet.card"].search([("number", "=", {numbers!r}[-1])])
env["tibillet.cashier.card"].create({{
    "card_id": last.id, "user_id": english.id, "company_id": company.id, "config_ids": [Command.set([tills["lock"]])],
}})
category = env["pos.category"].create({{"name": "Drinks"}})
env["product.product"].browse({beer_id}).pos_categ_ids = category
prep = env["tibillet.prep.screen"].create({{
    "name": "Counter", "company_id": company.id, "config_ids": [Command.set(bar.ids)],
    "category_ids": [Command.set(category.ids)],
}})
readers = env["tibillet.till.device"].create([
    {{"name": "Phone", "kind": "reader", "config_id": bar.id}} for _lang in ("en", "fr")
])
pins = dict(zip(("en", "fr"), [reader._draw_pin() for reader in readers]))
env.cr.commit()
result = {{**tills, "prep": prep.id, "pins": pins}}
"""
LOGINS = {"en": "bar", "fr": "barre"}
# Called the same in every language.
NAMES = (
    *(
        "Le Bar",
        "Bar Le Bar",
        "Bar Le Bar Bar Le Bar",
        "bar",
        "barre",
        "Beer",
        "Euro",
        "Tokens",
        "Hours",
        "Cup",
        "Drinks",
    ),
    *("TiBillet", "Kiosk", "Lock", "Counter", "Phone", "Cash", "Bank card", "Cheque", "NFC card", "OK", "min"),
)
CASH, PAID = re.compile("Cash|Espèces"), re.compile("^(Paid|Payé)")
FIRST_PAGE_MS = 180_000


class Walk:
    """One person at the tills of the venue, in one language."""

    def __init__(self, eye, venue, server, context, lang):
        self.eye, self.server, self.venue, self.lang = eye, server, venue, lang
        self.page = context.new_page()
        self.till = Till(self.page, server, venue)
        self.cards = venue["uids"][:2] if lang == "en" else venue["uids"][2:4]

    def see(self, name, selector, **asked):
        """Wait for what makes the screen, and look at it."""
        self.page.locator(selector).first.wait_for()
        self.eye.look(self.page, self.lang, name, **asked)
        return self

    def touch(self, selector, **asked):
        self.page.locator(selector, **asked).first.click()
        return self

    def tap(self, uid):
        """Type a card, as a reader that is a keyboard does."""
        self.page.keyboard.type(f"NFC:{uid}")
        self.page.keyboard.press("Enter")
        return self

    def menu(self, english, french):
        """Choose in the till's menu."""
        self.touch(".pos-rightheader button:has(.fa-bars)")
        return self.touch("span.dropdown-item", has_text=english if self.lang == "en" else french)

    def leave(self):
        """Close the window on top."""
        windows = self.page.locator(".modal-dialog")
        number = windows.count()
        self.page.keyboard.press("Escape")
        windows.nth(number - 1).wait_for(state="detached")
        return self

    def open(self, path, selector):
        self.page.goto(self.server.url + path)
        self.page.locator(selector).first.wait_for(timeout=FIRST_PAGE_MS)
        return self


def walk_the_till(walk):
    first, second = walk.cards
    walk.till.open(LOGINS[walk.lang])
    walk.page.evaluate("() => { window.posmodel.env.services.tibillet_nfc.desk.duration = 600000; }")
    walk.till.order()
    walk.see("products", ".tibillet-status")
    walk.touch(".tibillet-status").see("reader", ".tibillet-status-menu")
    walk.page.keyboard.press("Escape")
    walk.till.pay("NFC")
    walk.see("waiting for the card", ".tibillet-line-waiting")
    walk.tap("04FFFFFFFFFFFF").see("refused", ".tibillet-result-refused").touch(".tibillet-result")
    walk.tap(first).see("paid", ".tibillet-result-paid").touch(".tibillet-result")
    walk.till.wait_paid(1)
    walk.till.order(count=5).pay("NFC").waiting()
    walk.tap(second).see("short balance", ".tibillet-short").touch(".tibillet-back")
    walk.page.locator(".tibillet-short").wait_for(state="hidden")


def walk_the_desk(walk):
    first, _second = walk.cards
    walk.touch(".tibillet-cards-button").see("desk, no card", ".tibillet-desk-wait")
    walk.tap(first).see("desk", ".tibillet-desk-acts")
    acts = walk.page.locator("[data-act]").evaluate_all("acts => acts.map(act => act.dataset.act)")
    assert len(acts) > 7, acts
    for act in acts:
        walk.touch(f'[data-act="{act}"]').see(f"desk, {act}", f'[data-panel="{act}"]').touch(".tibillet-desk-back")
    walk.touch('[data-act="gift"]').touch("[data-amount]").touch("[data-reason]")
    walk.see("approval", ".tibillet-approval").leave()
    walk.touch(".tibillet-desk-back").touch('[data-act="top_up"]').touch("[data-amount]").touch("[data-method=cash]")
    walk.see("desk, done", ".tibillet-desk-done").touch(".tibillet-desk-next")
    walk.touch(".tibillet-desk-close").touch(".list-plus-btn")
    walk.page.locator(".product-screen .product").first.wait_for()
    walk.tap(first).see("card window", ".tibillet-card-window").leave()


def walk_the_drawer(walk):
    walk.till.order("Beer").pay(CASH).validate()
    walk.page.locator(".receipt-screen").wait_for()
    walk.till.next_order()
    walk.touch(".tibillet-cups-back").see("cups back", ".tibillet-cups-numbers").leave()
    walk.menu("Cash In/Out", "Cash entrant/sortant").see(
        "cash", ".tibillet-count", ours=".modal .tibillet-count"
    ).leave()
    walk.menu("Close Register", "Fermer la caisse").see("closing", ".tibillet-closing-button")
    walk.touch(".tibillet-closing-button").see(
        "closing report", ".tibillet-closing-report .pos-receipt"
    ).leave().leave()
    walk.touch(".orders-button").touch(".pos-search-bar .filter").touch(".pos-search-bar .filter li", has_text=PAID)
    walk.touch(".order-row").touch(".tibillet-correct-payment").see("correction", ".tibillet-correction").leave()


def walk_the_cards_only(walk):
    first, _second = walk.cards
    walk.open(f"/pos/ui/{walk.venue['kiosk']}", ".tibillet-kiosk").see("kiosk", "[data-step=idle]")
    walk.tap(first).see("kiosk, card", "[data-step=card]").touch(".tibillet-kiosk-leave")
    walk.open(f"/pos/ui/{walk.venue['lock']}", ".tibillet-lock").see("locked", ".tibillet-lock-title")
    walk.tap(first).see("locked, refused", ".tibillet-lock-reason")
    walk.tap(walk.venue["uids"][-1]).see("training", ".product-screen .product, .tibillet-training")


def walk_the_pages(walk):
    walk.open(f"/tibillet/prep/{walk.venue['prep']}", ".tibillet-prep[data-loaded='1']")
    walk.see("kitchen", ".tibillet-prep-card")
    walk.open("/tibillet/pair", "#pin").see("pairing", "#pin", ours="main")
    walk.page.fill("#pin", "100 001")
    walk.touch("button").see("pairing, refused", "#refusal", ours="main")


def walk_the_reader(walk):
    walk.open("/tibillet/pair", "#pin").page.fill("#pin", walk.venue["pins"][walk.lang])
    walk.touch("button").see("reader's page", "#state", ours="main")


@pytest.fixture
def venue(make_database, make_server):
    """A bar with every kind of till, and its server."""
    database = make_database()
    venue = open_venue(database, balance=2000, cards=5)
    return venue | database.shell(MORE.format(**venue)), make_server(database)


def test_what_people_see(venue, make_context):
    eye = Eye(NAMES)
    for lang, locale in (("en", "en-GB"), ("fr", "fr-FR")):
        context = make_context(viewport={"width": 1280, "height": 800}, locale=locale, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        walk = Walk(eye, *venue, context, lang)
        for step in (
            walk_the_till,
            walk_the_desk,
            walk_the_drawer,
            walk_the_cards_only,
            walk_the_pages,
            walk_the_reader,
        ):
            step(walk)
    assert not eye.faults(), "\n".join(eye.faults())


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<button style='width: 900px'>Pay</button>", "cut by the window"),
        ("<button style='min-height: 40px'>Pay</button>", "40 px high"),
        (
            "<p style='overflow: hidden; width: 60px'><b style='white-space: nowrap'>Back to the order</b></p>",
            "cut by what",
        ),
        ("<p style='width: 60px; white-space: nowrap'>Back to the order</p>", "wider than its place"),
        ("<p style='color: #999; background: #fff'>Pale</p>", "axe color-contrast"),
        ("<button style='min-height: 60px'><i></i></button>", "axe button-name"),
        ("<p>Left in English</p>", "the same in English and French: Left in English"),
    ],
)
def test_the_eye_sees(chromium, markup, seen):
    """Control: each fault that the walk would find, on a page made for it."""
    page, eye = chromium.new_page(), Eye()
    page.set_content(f"<main>{markup}</main>")
    for lang in LOGINS:
        eye.look(page, lang, "control", ours="main", sizes={"phone": (390, 844)})
    assert any(seen in fault for fault in eye.faults()), eye.faults()
