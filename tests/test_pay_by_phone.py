"""A real till and a real phone: the code on one screen, the confirmation on the other, the ledger behind both."""

import pytest
import requests

from .eye import Eye
from .kernel.world import ledger
from .phone import PAGE, open_phone
from .till import Till
from .together import at_once
from .venue import IN_BOTH_LANGUAGES, open_venue

PEOPLE = """
wallets = {{}}
for name, number in zip(("anna", "bruno", "chloe"), {numbers!r}):
    login = name + "@people.example"
    user = env["res.users"].with_context(no_reset_password=True).create({{
        "name": name.title(), "login": login, "email": login, "password": login, "lang": "en_US",
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }})
    env["tibillet.card"].search([("number", "=", number)])._link(user.partner_id)
    wallets[name] = env["tibillet.wallet"]._for_partner(user.partner_id).id
env.cr.commit()
result = wallets
"""
NAMES = ("Le Bar", "Euro")
TILL = {"tablet": (1280, 800), "phone": (390, 844)}


class Bar:
    """The till, its venue, and who has a wallet."""

    def __init__(self, make_database, make_server, make_context):
        self.database = make_database()
        self.server = make_server(self.database)
        self.venue = open_venue(self.database, balance=2000)
        self.wallets = self.database.shell(IN_BOTH_LANGUAGES + PEOPLE.format(numbers=self.venue["numbers"]))
        context = make_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        self.till = Till(context.new_page(), self.server, self.venue).open()
        self.page = self.till.page
        self.phones = [
            open_phone(make_context, self.server, lang).sign_in(f"{name}@people.example")
            for name, lang in (("anna", "en"), ("bruno", "en"), ("chloe", "fr"))
        ]

    def order(self, beers=1):
        self.till.order("Beer", beers)
        self.till.pay("NFC card").waiting()
        return self

    def ask(self):
        """Show the code; the path that it says."""
        path, self.asked = self.till.show_code()
        return path

    def give_up(self):
        """Leave the order unpaid for the next one."""
        self.page.locator(".tibillet-cancel").click()
        self.page.locator(".tibillet-retry").wait_for()
        self.page.evaluate("() => window.posmodel.addNewOrder() && window.posmodel.navigate('ProductScreen', "
                           "{orderUuid: window.posmodel.getOrder().uuid})")  # fmt: skip
        self.page.locator(".product-screen .product").first.wait_for()

    def euros(self, name):
        """(amount, held) in a wallet, cents; the whole ledger is sound."""
        connection = self.database.connect()
        with connection.cursor() as cr:
            balances, report = ledger.balances(cr, self.wallets[name]), ledger.verify(cr)
        connection.close()
        assert report.ok, report.breaks
        return balances[self.venue["asset_id"]]

    def age(self, seconds):
        """Let so much time pass for the code that is shown."""
        with self.database.connect() as connection, connection.cursor() as cr:
            cr.execute(
                "UPDATE tibillet_phone_payment SET expires_at = expires_at - %s * interval '1 second' WHERE id = %s",
                [seconds, self.asked],
            )


@pytest.fixture
def bar(make_database, make_server, make_context):
    return Bar(make_database, make_server, make_context)


def test_till_and_phones(bar):
    eye = Eye(NAMES)
    anna, bruno, chloe = bar.phones
    pays(bar, eye, anna, chloe)
    refused(bar, eye, anna, bruno, chloe)
    races(bar, anna, bruno)
    dies(bar, anna)
    assert not eye.faults(), "\n".join(eye.faults())


def pays(bar, eye, anna, chloe):
    """The code, the amount, one touch: green here, "Paid" there, in both languages."""
    path = bar.order().ask()
    eye.look(bar.page, "en", "code", ours=".tibillet-phone", sizes=TILL)
    for phone in (anna, chloe):
        phone.open(path).see("form button")
        assert "Le Bar" in phone.words()
        phone.look(eye, "confirm")
    anna.touch("form button").see(".tibillet-paid")
    assert "Left on the card" not in bar.till.result("paid")
    bar.till.wait_paid(1)
    anna.look(eye, "paid")
    assert bar.euros("anna") == (1500, 0)
    path = bar.order(2).ask()
    chloe.open(path).touch("form button").see(".tibillet-paid")
    chloe.look(eye, "paid")
    bar.till.wait_paid(2)
    assert bar.euros("chloe") == (1000, 0)
    # The page sent again pays nothing more.
    chloe.open(path).see(".tibillet-paid")
    assert bar.euros("chloe") == (1000, 0)


def refused(bar, eye, anna, bruno, chloe):
    """Words on both screens, nothing held."""
    path = bar.order(4).ask()
    for phone in (anna, chloe):
        phone.open(path).see(".alert-warning")
        phone.look(eye, "lacks")
    anna.touch("form button").see(".fa-times-circle")
    assert "€" in bar.till.result("refused")
    anna.look(eye, "short")
    assert bar.euros("anna") == (1500, 0)
    # Over for the other one; a new code takes its place, then the cashier takes it back.
    chloe.open(path).see(".fa-clock-o")
    path = bar.ask()
    chloe.open(path).touch("form button").see(".fa-times-circle")
    chloe.look(eye, "short")
    bar.till.result("refused")
    path = bar.ask()
    bar.page.locator(".tibillet-phone-cancel").click()
    bar.page.locator(".tibillet-phone").wait_for(state="detached")
    for phone in (bruno, chloe):
        phone.open(path).see(".fa-clock-o")
        phone.look(eye, "over")
        phone.open(f"/pay/1-{'0' * 32}").see(".fa-question-circle-o")
        phone.look(eye, "unknown")
    # Nobody confirms in time; who was about to is told.
    path = bar.ask()
    bruno.open(path).see("form button")
    bar.age(120)
    assert "in time" in bar.till.result("refused")
    bruno.touch("form button").see(".fa-clock-o")
    assert bar.euros("bruno") == (2000, 0)
    bar.give_up()


def races(bar, anna, bruno):
    """Two phones confirm at the same moment: one pays, the other is told."""
    path = bar.order().ask()
    for phone in (anna, bruno):
        phone.open(path).see("form button")
    forms = [
        {"csrf_token": phone.page.locator("form input[name=csrf_token]").first.input_value()} for phone in (anna, bruno)
    ]
    jars = [phone.page.context.cookies() for phone in (anna, bruno)]
    at_once(*(confirm(bar, path, form, jar) for form, jar in zip(forms, jars, strict=True)))
    bar.till.wait_paid(3)
    shown = sorted(phone.open(path).page.locator(f"{PAGE} .tibillet-paid").count() for phone in (anna, bruno))
    assert shown == [0, 1]
    assert bar.euros("anna")[0] + bar.euros("bruno")[0] == 1500 + 2000 - 500


def confirm(bar, path, form, jar):
    """A call that confirms from a phone's own session, outside its page."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.update({cookie["name"]: cookie["value"] for cookie in jar})
    return lambda: session.post(f"{bar.server.url}{path}/confirm", data=form, timeout=60)


def dies(bar, anna):
    """The server is killed once the phone has paid, before the till hears of it: asked again, the till is green."""
    before, _held = bar.euros("anna")
    path = bar.order().ask()
    anna.open(path).see("form button")
    bar.page.route("**/tibillet_nfc/phone/poll", lambda route: route.abort())
    anna.touch("form button").see(".tibillet-paid")
    assert bar.euros("anna") == (before, 500)
    bar.server.kill()
    bar.server.start()
    bar.page.unroute("**/tibillet_nfc/phone/poll")
    bar.till.wait_paid(4)
    assert bar.euros("anna") == (before - 500, 0)
