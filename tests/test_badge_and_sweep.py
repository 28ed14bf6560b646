"""Two servers of one database, at the same moment: a card badged at two doors, a sweep asked twice and while a till spends."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from .kernel.world import ledger
from .tills import open_tills
from .together import at_once

CARDS, BALANCE = 12, 5_000
SWEPT = """
import json
asked = json.loads({asked!r})
asset = env["tibillet.asset"].browse(asked["asset_id"])
asset.sweep_mode = "hand"
company = env["res.company"].browse(asked["company_id"])
topped = env["tibillet.ledger.transaction"].search([("key", "=like", "seed:%")])
env["tibillet.booking"]._of_closing(company, "seed", "Seed")._post_operations(
    topped.mapped("key"), company.transfer_account_id
)
env.cr.commit()
result = {{}}
"""
CONTROL = """
control = env["tibillet.wallet.control"].search([("asset_id", "=", {asset_id})])
bookings = env["tibillet.booking"].search([("origin", "=", "sweep:%s" % {sweep_id})])
income = bookings.company_id.tibillet_breakage_account_id
lines = bookings.move_ids.line_ids.filtered(lambda line: line.account_id == income)
result = {{
    "difference": control.difference, "by_hand": control.by_hand, "tills": control.in_tills, "books": control.booked,
    "bookings": len(bookings), "income": -sum(lines.mapped("balance")),
}}
"""


@pytest.fixture
def venue(database):
    opened = open_tills(database, 2, cards=CARDS, balance=BALANCE)
    database.shell(SWEPT.format(asked=json.dumps({name: opened[name] for name in ("asset_id", "company_id")})))
    return opened


@pytest.fixture
def clients(database, venue, make_server):
    return [make_server(database).client(venue["login"], venue["login"]) for _server in range(2)]


def asked(client, route, till, **params):
    return lambda: client.clone().post(route, {"session_id": till.session_id, **params})


def prepare(client, venue):
    """A sweep of the whole venue's cards, looked at; its id."""
    now = datetime.now(UTC)
    window = {"since": now - timedelta(hours=26), "until": now + timedelta(hours=1)}
    values = {"asset_id": venue["asset_id"], **{name: f"{at:%F %T}" for name, at in window.items()}}
    [sweep_id] = client.call("tibillet.sweep", "create", [values])
    [shown] = client.call("tibillet.sweep", "read", [sweep_id], ["planned_count"])
    assert shown["planned_count"] == CARDS
    return sweep_id


def sweep(client, sweep_id):
    return lambda: client.clone().call("tibillet.sweep", "action_sweep", [sweep_id])


def balances(database, venue):
    """What each card of the venue holds, cents; the ledger is sound."""
    connection = database.connect()
    with connection.cursor() as cr:
        report = ledger.verify(cr)
        held = [ledger.balances(cr, wallet).get(venue["asset_id"], (0, 0)) for wallet in venue["wallets"]]
    connection.close()
    assert report.ok, report.breaks
    return held


def test_a_card_at_two_doors_is_one_entry(database, venue, clients):
    for uid in venue["uids"][:6]:
        tap = {"tap": {"uid": uid, "source": "wedge"}}
        doors = zip(clients, venue["tills"], strict=True)
        answers = at_once(*[asked(client, "/tibillet_nfc/badge", till, **tap) for client, till in doors] * 2)
        assert {answer["status"] for answer in answers} == {"ok"}, answers
        assert {answer["direction"] for answer in answers} == {"in"}, answers
    assert database.rows("SELECT count(*), count(DISTINCT card_id) FROM tibillet_badge") == [(6, 6)]


def test_a_sweep_asked_twice_at_once_takes_once(database, venue, clients):
    sweep_id = prepare(clients[0], venue)
    at_once(*[sweep(client, sweep_id) for client in clients] * 2)
    assert balances(database, venue) == [(0, 0)] * CARDS
    told = database.shell(CONTROL.format(asset_id=venue["asset_id"], sweep_id=sweep_id))
    assert told["income"] == CARDS * BALANCE / 100
    assert (told["difference"], told["by_hand"], told["books"], told["bookings"]) == (0, 0, 0, 1)


def test_a_sweep_while_a_till_spends(database, venue, clients):
    """What a tap holds is left for its order, the rest is taken; nothing below zero, nothing lost."""
    sweep_id = prepare(clients[0], venue)
    taps = [
        asked(
            clients[1],
            "/tibillet_nfc/authorise",
            venue["tills"][0],
            payment_uuid=str(uuid.uuid4()),
            order_uuid=str(uuid.uuid4()),
            amount=1_000,
            tap={"uid": uid, "source": "wedge"},
        )
        for uid in venue["uids"]
    ]
    *answers, _swept = at_once(*taps, sweep(clients[0], sweep_id))
    paid = [answer["status"] == "held" for answer in answers]
    assert all(answer["status"] in ("held", "short") for answer in answers), answers
    assert balances(database, venue) == [(1_000, 1_000) if is_held else (0, 0) for is_held in paid]
    told = database.shell(CONTROL.format(asset_id=venue["asset_id"], sweep_id=sweep_id))
    assert round(told["income"] * 100) == CARDS * BALANCE - 1_000 * sum(paid)
    assert told["difference"] == 0
