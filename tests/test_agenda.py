"""What the public sees of the agenda, in English and French, on a phone and on a desk: whole, large, legible."""

import re

from .eye import Eye
from .venue import IN_BOTH_LANGUAGES

SEED = (
    IN_BOTH_LANGUAGES
    + """
from datetime import datetime, timedelta
euro = env.ref("base.EUR")
euro.active = True
site = env["website"].search([], limit=1)
bar = site.company_id
bar.write({"name": "Le Bar", "street": "3 ruelle du Fond", "zip": "34000", "city": "Montpellier"})
bar.partner_id.write({"partner_latitude": 43.61, "partner_longitude": 3.877, "tz": "Europe/Paris"})
barn = env["res.company"].create(
    {"name": "La Grange", "street": "Les Aires", "zip": "34190", "city": "Ganges", "currency_id": euro.id}
)
places = env["tibillet.place"].create([{"name": company.name, "company_id": company.id} for company in (bar, barn)])
env["tibillet.federation"].create({
    "name": "Rives",
    "member_ids": [Command.create({"place_id": place.id, "state": "accepted"}) for place in places],
})
category = env["event.tag.category"].create({"name": "Genre", "is_published": True})
tags = env["event.tag"].create([
    {"name": name, "category_id": category.id, "color": 2} for name in ("Bal", "Concert")
])
tonight = datetime.utcnow().replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
def announce(name, company, days, hours, **values):
    start = tonight + timedelta(days=days)
    return env["event.event"].create({
        "name": name, "company_id": company.id, "address_id": company.partner_id.id, "date_tz": "Europe/Paris",
        "date_begin": start, "date_end": start + timedelta(hours=hours), "is_published": True,
        "event_mail_ids": [Command.clear()], **values,
    })
announce("La voisine", bar, 0, 3, subtitle="Chanson", tag_ids=[Command.set(tags[1].ids)])
announce("Feu de bois", barn, 1, 6, tag_ids=[Command.set(tags[0].ids)])
announce("Mystère", bar, 1, 2, kanban_state="cancel")
announce("Deux Rives", barn, 2, 50)
announce("Gravures", bar, -3, 24 * 9, address_id=False)
announce("Thames", bar, 3, 2, date_tz="Europe/London")
for number in range(5):
    announce("Refrain", bar, 4, 2)
env.cr.commit()
result = {"bal": tags[0].id}
"""
)
# Called the same in every language.
NAMES = (
    *("Le Bar", "La Grange", "Bal", "Concert", "La voisine", "Chanson", "Feu de bois", "Mystère", "Deux Rives"),
    *("Gravures", "Thames", "Refrain", "Montpellier", "Ganges", "Agenda", "Le Bar, Montpellier", "La Grange, Ganges"),
    *("La Grange, Ganges · La Grange", "3 ruelle du Fond, 34000 Montpellier", "Les Aires, 34190 Ganges", "RSS"),
)
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
AGENDA = ".tibillet-agenda"
FIRST_PAGE_MS = 180_000


class Walk:
    """Somebody who looks for something to do, in one language."""

    def __init__(self, eye, server, context, lang):
        self.eye, self.server, self.lang = eye, server, lang
        self.page = context.new_page()

    def open(self, path):
        self.page.goto(self.server.url + ("/fr" if self.lang == "fr" else "") + path, timeout=FIRST_PAGE_MS)
        return self

    def see(self, name, selector):
        self.page.locator(f"{AGENDA} {selector}").first.wait_for()
        self.eye.look(self.page, self.lang, name, ours=AGENDA, sizes=SIZES)
        return self

    def touch(self, words):
        self.page.locator(AGENDA).get_by_role("link", name=words).first.click()
        return self


def walk_the_agenda(walk, path, tag):
    walk.open(path).see(f"{path}: list", ".tibillet-entry")
    walk.touch(re.compile("Today|Aujourd'hui")).see(f"{path}: today", ".tibillet-entry")
    assert walk.page.get_by_text("La voisine").count()
    assert not walk.page.get_by_text("Refrain").count()
    walk.touch(re.compile("Month|Mois")).see(f"{path}: month", ".tibillet-month")
    walk.touch(re.compile("Places|Lieux")).see(f"{path}: places", ".tibillet-venue address")
    walk.page.locator("summary").click()
    walk.page.locator(f'[name=tag][value="{tag}"]').check()
    walk.page.locator(".tibillet-choices button").click()
    walk.see(f"{path}: one tag", ".tibillet-choices")
    assert walk.page.get_by_text("Feu de bois").count()
    assert not walk.page.get_by_text("La voisine").count()
    walk.page.fill("#tibillet_search", "zzz")
    walk.page.keyboard.press("Enter")
    walk.see(f"{path}: nothing", ".tibillet-nothing")
    walk.touch(re.compile("See everything|Tout voir")).see(f"{path}: all again", ".tibillet-venue")


def walk_to_an_event(walk):
    walk.open("/agenda").touch("La voisine")
    walk.page.wait_for_url(re.compile("/event/la-voisine-"))


def walk_without_scripts(page, url):
    """Views, dates and filters are links and a form."""
    page.goto(f"{url}/agenda", timeout=FIRST_PAGE_MS)
    for link, shown in (("Today", ".tibillet-entry"), ("Month", ".tibillet-month"), ("Places", ".tibillet-venue")):
        page.locator(AGENDA).get_by_role("link", name=link, exact=True).click()
        page.locator(shown).first.wait_for()
    page.fill("#tibillet_search", "zzz")
    page.locator(".tibillet-search button").click()
    page.locator(".tibillet-nothing").wait_for()


def test_what_the_public_sees(make_database, make_server, make_context):
    database = make_database()
    seeded = database.shell(SEED)
    server, eye = make_server(database), Eye(NAMES)
    for lang, locale in (("en", "en-GB"), ("fr", "fr-FR")):
        context = make_context(viewport={"width": 390, "height": 844}, locale=locale, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        walk = Walk(eye, server, context, lang)
        for path in ("/agenda", "/agenda/embed"):
            walk_the_agenda(walk, path, seeded["bal"])
        walk_to_an_event(walk)
    walk_without_scripts(make_context(locale="en-GB", java_script_enabled=False).new_page(), server.url)
    assert not eye.faults(), "\n".join(eye.faults())
