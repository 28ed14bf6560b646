"""Venues settle: of several transfers, or settlements of the network, at the same moment, one passes."""

import uuid

from .server import Refused
from .together import at_once

AT_ONCE = 4

DEBT = """
from odoo.addons.tibillet_base import ledger

companies = env["res.company"].create([
    {"name": name, "currency_id": env.ref("base.EUR").id, "country_id": env.ref("base.fr").id} for name in ("Bar", "Hall")
])
env.user.company_ids |= companies
env = env(context=dict(env.context, allowed_company_ids=companies.ids))
companies._tibillet_setup_books()
bar, hall = env["tibillet.place"].create(
    [{"name": company.name, "slug": company.name.lower(), "company_id": company.id} for company in companies]
)
euro = env["tibillet.asset"].create({
    "name": "Bar euro", "code": "EUR", "kind": "money", "place_id": bar.id, "currency_id": env.ref("base.EUR").id,
})
wallet = env["tibillet.wallet"]._for_partner(env["res.partner"].create({"name": "Ann"}))

def post(key, kind, place, amount, against):
    lines = (ledger.Line(wallet.id, euro.id, amount), ledger.Line(against.wallet_id.id, euro.id, -amount))
    env["tibillet.ledger.transaction"]._post([ledger.Entry(key, kind, place.id, lines)])

post("pos.payment:top", "top_up", bar, 5000, bar)
post("pos.payment:spent", "spend", hall, -1200, hall)
keeper = env["res.users"].create({
    "name": "Keeper", "login": "keeper", "password": "keeper", "company_id": bar.company_id.id,
    "company_ids": [(6, 0, bar.company_id.ids)], "group_ids": [(4, env.ref("tibillet_base.group_accountant").id)],
})
env["res.users"].create({
    "name": "Network", "login": "network", "password": "network", "company_id": bar.company_id.id,
    "company_ids": [(6, 0, companies.ids)], "group_ids": [(4, env.ref("tibillet_base.group_network_manager").id)],
})
env["tibillet.settlement.pair"]._open_missing()
pair = env["tibillet.settlement.pair"].search([("company_id", "=", bar.company_id.id)])
env.cr.commit()
result = {"pair": pair.id, "owed": pair.balance}
"""


def fill(client, pair):
    """The form of a transfer of the whole debt, filled in."""
    values = {"pair_id": pair, "reference": "November", "key": f"settle:{uuid.uuid4()}", "amount": 12.0}
    [form] = client.call("tibillet.settlement.pay", "create", [values])
    return form


def record(client, form):
    """'paid', or the refusal's sentence."""
    try:
        client.call("tibillet.settlement.pay", "action_record", [form])
    except Refused as refusal:
        return refusal.message
    return "paid"


def test_the_debt_is_paid_once(database, make_server):
    debt = database.shell(DEBT)
    assert debt["owed"] == -12.0
    server = make_server(database)
    server.expect(r"odoo.http: Bar owes Hall")
    server.expect(r"odoo\.sql_db: bad query: .*could not serialize access")
    clients = [server.client("keeper", "keeper") for _one in range(AT_ONCE)]
    forms = [fill(client, debt["pair"]) for client in clients]
    answers = at_once(
        *(lambda client=client, form=form: record(client, form) for client, form in zip(clients, forms, strict=True))
    )
    assert answers.count("paid") == 1, answers
    assert all("above it" in answer for answer in answers if answer != "paid"), answers
    assert database.rows("SELECT count(*), sum(amount) FROM tibillet_settlement_transfer") == [(1, 12)]
    assert database.rows("SELECT count(*) FROM account_move WHERE tibillet_transfer_id IS NOT NULL") == [(2,)]
    transfers = clients[0].call("tibillet.settlement.transfer", "search", [])
    cancels = at_once(*(lambda client=client: client.call("tibillet.settlement.transfer", "action_cancel", transfers)
                        for client in clients))  # fmt: skip
    assert cancels == [True] * AT_ONCE
    assert database.rows("SELECT count(*) FROM account_move WHERE tibillet_transfer_id IS NOT NULL") == [(4,)]
    assert database.shell("result = env['tibillet.settlement.pair'].search([]).mapped('balance')") in (
        [-12, 12],
        [12, -12],
    )


def propose(client):
    """The netting proposal of this moment."""
    return client.call("tibillet.settlement.netting", "action_propose")["res_id"]


def settle(client, proposal):
    """'paid', or the refusal's sentence."""
    try:
        client.call("tibillet.settlement.netting", "action_record", [proposal])
    except Refused as refusal:
        return refusal.message
    return "paid"


def test_the_network_is_settled_once(database, make_server):
    """Three proposals of the same debts, a double click on one of them, and the debtor's own transfer: one is booked."""
    debt = database.shell(DEBT)
    server = make_server(database)
    server.expect(r"odoo.http: (Bar owes Hall|A debt moved|Nobody owes)")
    server.expect(r"odoo\.sql_db: bad query: .*could not serialize access")
    managers = [server.client("network", "network") for _one in range(AT_ONCE)]
    proposals = [propose(client) for client in managers[:-1]]
    proposals.append(proposals[0])
    keeper = server.client("keeper", "keeper")
    form = fill(keeper, debt["pair"])
    answers = at_once(
        lambda: record(keeper, form),
        *(lambda client=client, one=one: settle(client, one) for client, one in zip(managers, proposals, strict=True)),
    )
    [[transfers, rounds]] = database.rows(
        "SELECT (SELECT count(*) FROM tibillet_settlement_transfer), (SELECT count(*) FROM tibillet_settlement_round)"
    )
    assert transfers + rounds == 1, answers
    # A double click on the proposal that passed is told the same twice.
    assert answers.count("paid") in (1, 2) and (answers.count("paid") == 1 or answers[1] == answers[4] == "paid"), (
        answers
    )
    assert all("above it" in a or "moved" in a or "Nobody" in a for a in answers if a != "paid"), answers
    entries = "SELECT count(*) FROM account_move WHERE coalesce(tibillet_transfer_id, tibillet_round_id) IS NOT NULL"
    assert database.rows(entries) == [(2,)]
    assert database.shell("result = env['tibillet.settlement.pair'].search([]).mapped('balance')") == [0, 0]
    if rounds:
        acts = managers[0].call("tibillet.settlement.round", "search", [])
        cancels = at_once(*(lambda client=client: client.call("tibillet.settlement.round", "action_cancel", acts)
                            for client in managers))  # fmt: skip
        assert cancels == [True] * AT_ONCE
        assert database.rows(entries) == [(4,)]
