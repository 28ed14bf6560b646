"""From a card on a reader to the books: real PC/SC, the box, a till in Chromium, the ledger, the closing."""

import pytest

from .kernel.world import ledger
from .till import Till
from .venue import open_venue

ENTRIES = """
env = env(context=dict(env.context, allowed_company_ids=[{company_id}]))
company = env["res.company"].browse({company_id})
session = env["pos.session"].browse({session_id})
moves = session.move_id | session._get_related_account_moves()
lines = env["account.move.line"].search([("company_id", "=", company.id), ("parent_state", "=", "posted")])
control = env["tibillet.wallet.control"]
result = {{
    "state": session.state,
    "balanced": all(move.company_currency_id.is_zero(sum(move.line_ids.mapped("balance"))) for move in lines.move_id),
    "accounts": {{
        code: round(sum(lines.filtered(lambda line: line.account_id.code.startswith(code)).mapped("balance")), 2)
        for code in ("4191", "467", "70", "4457", "53", "411")
    }},
    "control": [row.difference for row in control.search([])],
}}
"""


@pytest.fixture
def open_bar(make_database, make_server, make_context, make_box):
    """Open a venue with 20 euros on each of its cards, its server, and a till that hears the box."""

    def open_(**asked):
        database = make_database()
        server = make_server(database)
        box = make_box(origins=server.url)
        venue = open_venue(database, balance=2000, box_url=box.ws_url, box_token=box.token, **asked)
        context = make_context(viewport={"width": 1280, "height": 800})
        till = Till(context.new_page(), server, venue)
        till.box = box
        return till.open().wait_for_reader()

    return open_


# Chromium has no Web NFC on Linux: the browser's class is played, from the phone's touch to the event.
PHONE_READER = """
window.NDEFReader = class extends EventTarget {
    async scan() { window.phoneReader = this; }
};
window.touchPhone = (uid) => {
    const reading = new Event("reading");
    reading.serialNumber = uid.toLowerCase().match(/../g).join(":");
    window.phoneReader.dispatchEvent(reading);
};
"""


def balances(till):
    connection = till.server.database.connect()
    with connection.cursor() as cr:
        wallets = [ledger.balances(cr, wallet) for wallet in till.venue["wallets"]]
        report = ledger.verify(cr)
    connection.close()
    assert report.ok, report.breaks
    return [wallet[till.venue["asset_id"]] for wallet in wallets]


def holds(till):
    connection = till.server.database.connect()
    with connection.cursor() as cr:
        cr.execute("SELECT state, count(*) FROM tibillet_ledger_hold GROUP BY state")
        rows = dict(cr.fetchall())
    connection.close()
    return rows


def test_an_evening_at_the_bar(open_bar, reader):
    """Each act on the till's screen, then the closing: the ledger, the entries and the control agree."""
    bar = open_bar(cards=5)
    page, (ann, bob, cora, dan, eve) = bar.page, bar.venue["uids"]

    bar.order().pay("NFC card").waiting().tap(reader, ann)
    assert "15.00" in bar.result("paid"), "the new balance is shown"
    bar.wait_paid(1)
    assert balances(bar)[0] == (1500, 0)

    bar.order(count=5).pay("NFC card").waiting().tap(reader, bob)
    missing = page.locator(".tibillet-short-missing")
    missing.wait_for()
    assert "5.00" in missing.inner_text()
    assert balances(bar)[1] == (2000, 0), "nothing is debited while the cashier chooses"
    page.locator(".tibillet-complement[data-method=cash]").click()
    page.wait_for_function("() => window.posmodel.getOrder().payment_ids.length === 2")
    bar.validate().wait_paid(2)
    assert balances(bar)[1] == (0, 0)

    bar.next_order().order(count=5).pay("NFC card").waiting().tap(reader, cora)
    page.locator(".tibillet-second-card").wait_for()
    bar.tap(reader, dan)
    bar.result("paid")
    bar.wait_paid(3)
    assert balances(bar)[2:4] == [(0, 0), (1500, 0)]

    bar.slow_confirm(400)
    bar.order().pay("NFC card").waiting().tap(reader, eve, seconds=0.1)
    assert "again" in bar.result("attention"), "lifted, or unplugged, in mid-tap"
    assert balances(bar)[4] == (2000, 0)
    bar.slow_confirm(0)
    bar.box.stop()
    page.wait_for_function("() => !window.posmodel.env.services.tibillet_nfc.sources.box.ready")
    bar.box.start().wait_for_readers()
    bar.wait_for_reader().tap(reader, eve)
    bar.result("paid")
    bar.wait_paid(4)
    assert balances(bar)[4] == (1500, 0)

    bar.tap(reader, ann)
    page.locator(".tibillet-card-window").wait_for()
    page.locator(".tibillet-top-up button", has_text="10").first.click()
    bar.pay("Cash").validate().wait_paid(5)
    assert balances(bar)[0] == (2500, 0), "topped up in cash"

    bar.close_session()
    books = bar.server.database.shell(ENTRIES.format(**bar.venue))
    assert (books["state"], books["balanced"]) == ("closed", True)
    assert books["accounts"]["4191"] == 45.0, "55 that cards paid are owed no more, 10 more are"
    assert round(books["accounts"]["70"] + books["accounts"]["4457"], 2) == -60.0
    assert books["accounts"]["411"] == 0.0 and books["accounts"]["53"] == 15.0
    assert books["control"] == [0.0]
    for uid in bar.venue["uids"]:
        for log in (bar.server.log.read_text(), bar.box.log()):
            assert uid not in log.upper(), "a card's number stands in a log"


def test_two_tills_one_card(open_bar, make_context, reader):
    """Both hear the same reader and ask for 15 of the card's 20 euros: one is green, the other is told what lacks."""
    bar = open_bar()
    phone = Till(make_context(viewport={"width": 390, "height": 844}).new_page(), bar.server, bar.venue)
    phone.open().wait_for_reader()
    for till in (bar, phone):
        till.order(count=3).pay("NFC card").waiting()
    bar.tap(reader, bar.venue["uids"][0])
    shown = [till.page.locator(".tibillet-result-paid, .tibillet-short-missing") for till in (bar, phone)]
    words = sorted("missing" in answer.first.inner_text() for answer in shown)
    assert words == [False, True]
    assert sum(balances(bar)[0]) in (500, 2000 + 1500), "15 euros are spent, or still held, once"


def test_the_server_is_killed_between_hold_and_capture(open_bar, reader):
    bar = open_bar(auto_validate=False)
    bar.order().pay("NFC card").waiting().tap(reader, bar.venue["uids"][0])
    bar.result("paid")
    bar.server.kill()
    assert balances(bar)[0] == (2000, 500), "the hold outlives the server"
    bar.validate()
    bar.page.wait_for_timeout(1000)
    bar.server.start()
    bar.page.evaluate("() => window.posmodel.syncAllOrders({ throw: false })")
    bar.wait_paid(1)
    assert balances(bar)[0] == (1500, 0), "captured once"


def test_the_till_is_killed_after_green(open_bar, reader):
    """The order is lost with the tablet; the session's closing gives the money back."""
    bar = open_bar(auto_validate=False)
    bar.order().pay("NFC card").waiting().tap(reader, bar.venue["uids"][0])
    bar.result("paid")
    bar.page.context.close()
    assert balances(bar)[0] == (2000, 500)
    bar.close_session()
    assert balances(bar)[0] == (2000, 0) and holds(bar) == {"released": 1}


def test_a_phone_is_till_and_reader(make_database, make_server, make_context):
    database = make_database()
    server = make_server(database)
    venue = open_venue(database, balance=2000, web_nfc=True)
    context = make_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.add_init_script(PHONE_READER)
    phone = Till(context.new_page(), server, venue).open()
    phone.page.locator(".tibillet-status").click()
    phone.page.locator("button", has_text="Wake this phone's reader").click()
    phone.page.wait_for_function("() => window.posmodel.env.services.tibillet_nfc.sources.web_nfc.ready")
    phone.page.keyboard.press("Escape")
    phone.order().pay("NFC card").waiting()
    phone.page.evaluate("(uid) => window.touchPhone(uid)", venue["uids"][0])
    assert "15.00" in phone.result("paid")
    phone.wait_paid(1)
    assert balances(phone)[0] == (1500, 0)
