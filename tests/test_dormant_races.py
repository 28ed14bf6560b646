"""Two servers of one database, at the same moment: a pay-back by two accountants, each clicking twice, while a till spends."""

import json
import uuid

from .kernel.world import ledger
from .tills import open_tills
from .together import at_once

CARDS, BALANCE, PRICE = 10, 5_000, 1_000
# Cards of known people, booked, and two decisions on the same balances.
DECIDED = """
import json
from odoo import Command
asked = json.loads({asked!r})
company = env["res.company"].browse(asked["company_id"])
env = env(context=dict(env.context, allowed_company_ids=company.ids))
topped = env["tibillet.ledger.transaction"].search([("key", "=like", "seed:%")])
env["tibillet.booking"]._of_closing(company, "seed", "Seed")._post_operations(
    topped.mapped("key"), company.transfer_account_id
)
cards = env["tibillet.card"].search([("number", "in", asked["numbers"])])
for card in cards:
    card._link(env["res.partner"].create({{"name": card.number}}))
users = env["res.users"].create([{{
    "name": login, "login": login, "password": login, "company_id": company.id,
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.link(env.ref("tibillet_base.group_accountant").id)],
}} for login in ("first", "second")])
made = [
    env["tibillet.dormant.balance"].with_user(user).search([("asset_id", "=", asked["asset_id"])]).action_pay_back()
    for user in users
]
env.cr.commit()
result = {{"decisions": [action["res_id"] for action in made], "wallets": [card._wallet().id for card in cards]}}
"""
TOLD = """
control = env["tibillet.wallet.control"].search([("asset_id", "=", {asset_id})])
lines = env["tibillet.dormant.decision.line"].search([])
moves = env["tibillet.booking"].search([("origin", "=like", "dormant:%")]).move_ids
result = {{
    "difference": control.difference, "by_hand": control.by_hand, "states": lines.decision_id.mapped("state"),
    "done": [line.balance_id.wallet_id.id for line in lines if line.state == "done"],
    "transferred": sum(lines.mapped("transfer")), "booked": sum(moves.mapped("amount_total")),
}}
"""


def test_each_balance_is_paid_back_once_or_left(make_server, database):
    """A tap that comes first leaves its balance to its holder; one that comes late finds it empty."""
    venue = open_tills(database, 1, cards=CARDS, balance=BALANCE)
    names = ("asset_id", "company_id", "numbers")
    world = database.shell(DECIDED.format(asked=json.dumps({name: venue[name] for name in names})))
    servers = [make_server(database) for _each in range(2)]
    till = servers[0].client(venue["login"], venue["login"])
    accountants = [server.client(login, login) for server, login in zip(servers, ("first", "second"), strict=True)]

    def confirm(client, decision):
        return lambda: client.clone().call("tibillet.dormant.decision", "action_confirm", [decision])

    def tap(uid):
        ids = {name: str(uuid.uuid4()) for name in ("payment_uuid", "order_uuid")}
        asked = {"session_id": venue["tills"][0].session_id, "amount": PRICE, "tap": {"uid": uid, "source": "wedge"}}
        return lambda: till.clone().post("/tibillet_nfc/authorise", {**asked, **ids})

    clicks = [confirm(*pair) for pair in zip(accountants, world["decisions"], strict=True)] * 2
    answers = at_once(*clicks, *[tap(uid) for uid in venue["uids"]])[len(clicks) :]
    assert all(answer["status"] in ("held", "short") for answer in answers), answers

    told = database.shell(TOLD.format(asset_id=venue["asset_id"]))
    assert told["states"] == ["done", "done"]
    connection = database.connect()
    with connection.cursor() as cr:
        report = ledger.verify(cr)
        held = [ledger.balances(cr, wallet)[venue["asset_id"]] for wallet in world["wallets"]]
    connection.close()
    assert report.ok, report.breaks
    paid = [wallet for wallet, amounts in zip(world["wallets"], held, strict=True) if amounts == (0, 0)]
    assert sorted(told["done"]) == sorted(paid)
    assert set(held) <= {(0, 0), (BALANCE, PRICE)}, held
    assert told["transferred"] == told["booked"]
    assert round(told["booked"] * 100) == CARDS * BALANCE - sum(amount for amount, _held in held)
    assert (told["difference"], told["by_hand"]) == (0, 0)
