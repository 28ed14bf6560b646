"""Two tills of one venue on two servers, at the same moment: what is done at a card desk is done once."""

import json
import uuid

import pytest

from .kernel.world import ledger
from .tills import held_order, open_tills, order_of, sync
from .together import at_once

PIN = "4821"
CARDS, BALANCE = 16, 5_000
GUESSES = 24
ARMED = """
import json
from odoo import Command
asked = json.loads({asked!r})
company = env["res.company"].browse(asked["company_id"])
env = env(context=dict(env.context, allowed_company_ids=company.ids))
place = env["tibillet.place"].browse(asked["place_id"])
bar = env["res.users"].search([("login", "=", asked["login"])])
bar.with_user(bar).tibillet_pin = asked["pin"]
gift = env["tibillet.asset"].create({{
    "name": "Gift", "code": "GIFT", "kind": "gift", "place_id": place.id, "currency_id": company.currency_id.id,
}})
people = env["res.partner"].create([{{"name": name, "email": name + "@example.org"}} for name in ("ann", "bob")])
batch = env["tibillet.card.batch"].search([("place_id", "=", place.id)], limit=1)
blank = batch._add_cards([
    {{"number": "BLANK%03d" % n, "uid": "04EE%010X" % n, "qr_uuid": "blank-%d" % n}} for n in range(4)
])
cards = env["tibillet.card"].search([("number", "in", asked["numbers"])], order="number")
cards[9]._block()
env.cr.commit()
result = {{"gift_id": gift.id, "people": people.ids, "blank": ["04EE%010X" % n for n in range(4)]}}
"""
TODAY = """
env["tibillet.asset"].browse({asset_id}).top_up_day_ceiling = 100.0
env.cr.commit()
"""


@pytest.fixture
def venue(database):
    """A venue with two tills open, five thousand cents on each card, a gift currency, and a manager with a PIN."""
    opened = open_tills(database, 2, cards=CARDS, balance=BALANCE)
    asked = {name: opened[name] for name in ("company_id", "place_id", "login", "numbers")}
    return opened | database.shell(ARMED.format(asked=json.dumps(asked | {"pin": PIN})))


@pytest.fixture
def clients(database, venue, make_server):
    """The venue's user on two servers."""
    servers = [make_server(database) for _server in range(2)]
    for server in servers:
        server.expect("odoo.http: This is more than what was paid with card")
        # Who comes second waits on the first's row; Odoo then tries the whole request again.
        server.expect(r"odoo\.sql_db: bad query: .*could not serialize access")
    return [server.client(venue["login"], venue["login"]) for server in servers]


def held(database, venue, card):
    """What the venue's card number `card` holds, cents."""
    connection = database.connect()
    with connection.cursor() as cr:
        balances = ledger.balances(cr, venue["wallets"][card])
        report = ledger.verify(cr)
    connection.close()
    assert report.ok, report.breaks
    return balances.get(venue["asset_id"], (0, 0))[0]


def touch(client, venue, till, act, uid, values, key=None):
    """One touch of the desk's button, to be called later."""
    asked = {
        "session_id": venue["tills"][till].session_id,
        "act": act,
        "key": key or str(uuid.uuid4()),
        "tap": {"uid": uid, "source": "wedge"},
        "values": values,
    }
    return lambda: client.clone().post("/tibillet_nfc/desk/act", asked)


def acts_of(venue):
    """[(act, card's UID, values)]: every act of the desk, each on a card of its own."""
    uids, numbers, word = venue["uids"], venue["numbers"], {"approval": {"pin": PIN}}
    money = {"asset_id": venue["asset_id"], "payment_method_id": venue["tills"][0].cash_id}
    return [
        ("top_up", uids[0], {**money, "amount": 1000}),
        ("pay_back", uids[1], {"amount": BALANCE}),
        ("cash_back", uids[2], {"amount": 1000, **word}),
        ("give", uids[3], {"asset_id": venue["gift_id"], "amount": 500, "reason": "Artist", **word}),
        ("link", uids[4], {"partner_id": venue["people"][0]}),
        ("replace", venue["blank"][0], {"number": numbers[5], **word}),
        ("block", uids[6], {}),
        ("unblock", uids[9], word),
        ("void", venue["blank"][1], word),
    ]


def test_each_act_touched_twice_at_once_is_done_once(database, venue, clients):
    for act, uid, values in acts_of(venue):
        key = str(uuid.uuid4())
        answers = at_once(*[touch(client, venue, 0, act, uid, values, key) for client in clients])
        done = [answer for answer in answers if answer["status"] == "ok"]
        assert done, (act, answers)
        assert all(answer.get("code") == "busy" for answer in answers if answer not in done), (act, answers)
        assert database.rows("SELECT count(*) FROM tibillet_till_act WHERE key = %s", key) == [(1,)], act
        again = touch(clients[1], venue, 0, act, uid, values, key)()
        assert (again["status"], again["receipt"]) == ("ok", done[0]["receipt"]), act
    assert [held(database, venue, card) for card in range(4)] == [BALANCE + 1000, 0, BALANCE - 1000, BALANCE]
    given = "SELECT sum(amount) FROM tibillet_ledger_posting WHERE asset_id = %s AND amount > 0"
    assert database.rows(given, venue["gift_id"]) == [(500,)]
    assert database.rows("SELECT count(*) FROM pos_order WHERE company_id = %s", venue["company_id"]) == [(3,)]


def test_two_tills_link_one_card_to_two_people(database, venue, clients):
    calls = [
        touch(client, venue, till, "link", venue["uids"][0], {"partner_id": venue["people"][till]})
        for till, client in enumerate(clients)
    ]
    answers = at_once(*calls)
    assert sorted(answer["status"] for answer in answers) == ["ok", "refused"], answers
    winner = venue["people"][[answer["status"] for answer in answers].index("ok")]
    number = venue["numbers"][0]
    assert database.rows("SELECT partner_id FROM tibillet_card WHERE number = %s", number) == [(winner,)]
    held_by = """SELECT w.partner_id, sum(b.amount) FROM tibillet_ledger_balance b JOIN tibillet_wallet w ON w.id = b.wallet_id
                  WHERE w.partner_id = ANY(%s) GROUP BY 1 HAVING sum(b.amount) > 0"""
    assert database.rows(held_by, venue["people"]) == [(winner, BALANCE)]


def test_two_refunds_of_one_payment(database, venue, clients):
    """Two tills give back the same beer to the card that paid it."""
    till = venue["tills"][0]
    connection = database.connect()
    with connection.cursor() as cr:
        order = held_order(venue, till, cr, 0)
    connection.close()
    assert "result" in clients[0].send("/web/dataset/call_kw", sync(order))
    [(line_id,)] = database.rows(
        "SELECT l.id FROM pos_order_line l JOIN pos_order o ON o.id = l.order_id WHERE o.uuid = %s",
        order["uuid"],
    )
    paid = order["payment_ids"][0][2]
    assert held(database, venue, 0) == BALANCE - 500

    def refund(number):
        back = {name: paid[name] for name in ("payment_method_id", "tibillet_hold", "tibillet_card")}
        back["payment_method_id"] = venue["tills"][number].nfc_id
        line = {"qty": -1, "price_unit": 5.0, "refunded_orderline_id": line_id}
        asked = order_of(venue, venue["tills"][number], -5.0, back, line=line) | {"is_refund": True}
        return lambda: clients[number].clone().send("/web/dataset/call_kw", sync(asked))

    answers = at_once(refund(0), refund(1))
    assert ["error" in answer for answer in answers].count(True) == 1, answers
    assert held(database, venue, 0) == BALANCE


def test_the_day_ceiling_of_top_ups_on_two_servers(database, venue, clients):
    # Each card was filled with 50.00 today already.
    database.shell(TODAY.format(**venue))
    for card in range(4):
        calls = [
            touch(
                client,
                venue,
                till,
                "top_up",
                venue["uids"][card],
                {"asset_id": venue["asset_id"], "amount": 3000, "payment_method_id": venue["tills"][till].cash_id},
            )
            for till, client in enumerate(clients)
        ]
        answers = at_once(*calls)
        assert sorted(answer["status"] for answer in answers) == ["ok", "refused"], answers
        assert held(database, venue, card) == BALANCE + 3000


def test_a_managers_pin_is_not_guessed_on_two_servers(database, venue, clients):
    """As many guesses at once as servers answer: five are heard, then the right PIN is refused too."""
    calls = [
        touch(clients[number % 2], venue, number % 2, "void", venue["blank"][0], {"approval": {"pin": f"{number:04}"}})
        for number in range(GUESSES)
    ]
    answers = at_once(*calls)
    assert {answer.get("code") for answer in answers} == {"approval"}, answers
    wrong = "SELECT count(*) FROM tibillet_till_act WHERE kind = 'wrong_pin'"
    assert database.rows(wrong) == [(5,)]
    assert touch(clients[0], venue, 0, "void", venue["blank"][0], {"approval": {"pin": PIN}})()["code"] == "approval"
    assert database.rows("SELECT state FROM tibillet_card WHERE number = 'BLANK000'") == [("blank",)]
