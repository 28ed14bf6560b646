"""What the public sees of their wallet, in English and French, on a phone and on a desk: whole, large, legible."""

import re

from .eye import Eye
from .venue import IN_BOTH_LANGUAGES

SEED = (
    IN_BOTH_LANGUAGES
    + """
from odoo.addons.tibillet_base import ledger
euro = env.ref("base.EUR")
euro.active = True
company = env["res.company"].create({"name": "Le Bar", "currency_id": euro.id})
place = env["tibillet.place"].create({"name": "Le Bar", "company_id": company.id})
assets = [
    env["tibillet.asset"].create({"name": name, "code": code, "kind": kind, "place_id": place.id, "currency_id": currency})
    for name, code, kind, currency in (
        ("Euro", "EUR", "money", euro.id), ("Tokens", "TOK", "gift", euro.id), ("Hours", "HRS", "time", False)
    )
]
batch = env["tibillet.card.batch"].create({"name": "First cards", "place_id": place.id})
cards = batch._add_cards([
    {"number": f"WEB{n:05d}", "qr_uuid": f"aaaaaaaa-1111-4111-8111-{n:012d}"} for n in range(3)
])
cards._activate()
env["tibillet.ledger.transaction"]._post([
    ledger.Entry(f"seed:{card.id}:{asset.id}:{n}:{kind}", kind, place.id, (
        ledger.Line(card._wallet().id, asset.id, amount), ledger.Line(place.wallet_id.id, asset.id, -amount)
    ))
    for card in cards for asset in assets for n in range(5) for kind, amount in (("top_up", 900), ("spend", -120))
])
for lang, card in zip(("en_US", "fr_FR"), cards[:2]):
    person = env["res.partner"].create({"name": "Anna", "email": f"{lang[:2]}@people.example", "lang": lang})
    card._link(person)
env.cr.commit()
result = [card.qr_uuid for card in cards]
"""
)
# Called the same in every language.
NAMES = ("Le Bar", "Euro", "Tokens", "Hours", "en@people.example", "fr@people.example", "camille@example.org")
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
PAGE = ".tibillet-page"
FIRST_PAGE_MS = 180_000


class Walk:
    """One person on the website, in one language."""

    def __init__(self, eye, server, context, lang):
        self.eye, self.server, self.lang = eye, server, lang
        self.email = f"{lang}@people.example"
        self.page = context.new_page()

    def open(self, path):
        self.page.goto(self.server.url + ("/fr" if self.lang == "fr" else "") + path, timeout=FIRST_PAGE_MS)
        return self

    def see(self, name, selector):
        self.page.locator(f"{PAGE} {selector}").first.wait_for()
        self.eye.look(self.page, self.lang, name, ours=PAGE, sizes=SIZES)
        return self

    def touch(self, selector):
        self.page.locator(f"{PAGE} {selector}").first.click()
        return self

    def type(self, selector, words):
        self.page.fill(selector, words)
        return self

    def open_mail(self):
        """Read the mail that came last, and follow its link."""
        with self.server.database.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT body_html FROM mail_mail ORDER BY id DESC LIMIT 1")
            (body,) = cursor.fetchone()
        return self.open(re.search(r"/wallet/in/[\w-]{43}", body)[0])


def walk_the_card(walk, mine, free):
    walk.open(f"/qr/{free}").see("a free card", ".tibillet-balance")
    walk.open(f"/qr/{mine}").see("somebody's card", ".fa-lock")
    walk.open("/qr/nothing").see("no card", ".fa-question-circle-o")


def walk_the_door(walk, free):
    walk.open("/wallet").see("sign in", "#tibillet_email").type("#tibillet_email", "anna@people").touch("form button")
    walk.see("no address", "#tibillet_email_error")
    walk.open(f"/qr/{free}").type("#tibillet_claim_email", walk.email).touch("form button")
    walk.see("look at your mail", ".fa-envelope-o")
    walk.open_mail().see("is it your card", "#tibillet_number")
    walk.type("#tibillet_number", "WEB99999").touch("form button").see("another card", "#tibillet_number_error")
    walk.open("/wallet").type("#tibillet_email", walk.email).touch("form button").see("sent", ".fa-envelope-o")
    walk.open_mail().see("welcome", ".fa-unlock-alt").touch("form button").see("wallet", ".tibillet-move")


def walk_the_wallet(walk):
    walk.touch(".tibillet-lost summary").touch(".tibillet-link summary").touch(".tibillet-balance summary")
    walk.see("wallet, all open", ".tibillet-lost form button")
    walk.open("/my/wallet?page=2").see("wallet, earlier", ".tibillet-move")
    walk.open("/my/wallet/erase").see("erase", ".alert-warning").touch("form button").see("asked", ".alert-success")
    walk.open_mail().see("erase, the mail", ".fa-eraser").touch("form button").see("erase, sure", ".btn-danger")
    walk.open("/wallet/in").see("link over", ".fa-clock-o")
    walk.open("/my/wallet/erase").touch("form .btn-danger").see("erased", ".fa-check")


def test_what_the_public_sees(make_database, make_server, make_context):
    database = make_database()
    codes = database.shell(SEED)
    server, eye = make_server(database), Eye(NAMES)
    for lang, locale, mine in (("en", "en-GB", codes[0]), ("fr", "fr-FR", codes[1])):
        context = make_context(viewport={"width": 390, "height": 844}, locale=locale, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        walk = Walk(eye, server, context, lang)
        walk_the_card(walk, mine, codes[2])
        walk_the_door(walk, codes[2])
        walk_the_wallet(walk)
    assert not eye.faults(), "\n".join(eye.faults())
