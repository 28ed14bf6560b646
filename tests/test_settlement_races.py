"""Two venues settle: of several transfers of the whole debt at the same moment, one passes."""

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
