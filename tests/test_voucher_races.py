"""Single-purpose money topped up by several people at the same moment: its VAT is counted one after the other, to the cent."""

from .together import at_once

AMOUNTS = (1.1, 1.1, 1.1, 1.1)

CANTEEN = """
company = env["res.company"].create({
    "name": "Canteen", "currency_id": env.ref("base.EUR").id, "country_id": env.ref("base.fr").id,
})
env.user.company_ids |= company
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company._tibillet_setup_books()
place = env["tibillet.place"].create({"name": "Canteen", "slug": "canteen", "company_id": company.id})
sale = [("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("tax_exigibility", "=", "on_invoice")]
tax = env["account.tax"].search([*sale, ("amount_type", "=", "percent"), ("amount", "=", 20)], limit=1)
asset = env["tibillet.asset"].create({
    "name": "Meals", "code": "MEAL", "kind": "money", "place_id": place.id, "currency_id": env.ref("base.EUR").id,
    "voucher_kind": "single_purpose", "voucher_tax_id": tax.id,
})
env["res.users"].create({
    "name": "Keeper", "login": "keeper", "password": "keeper", "company_id": company.id,
    "company_ids": [(6, 0, company.ids)], "group_ids": [(4, env.ref("tibillet_base.group_accountant").id)],
})
holders = env["res.partner"].create([{"name": f"Holder {number}"} for number in range(4)])
env.cr.commit()
result = {"asset": asset.id, "holders": holders.ids}
"""
COUNTED = """
company = env["res.company"].search([("name", "=", "Canteen")])
waiting = env["account.move.line"].search([("account_id", "=", company.tibillet_voucher_account_id.id)])
red = env["tibillet.control"]._count(company).filtered(lambda control: control.state != "zero")
result = {"waits": round(sum(waiting.mapped("balance")), 2), "red": red.mapped("kind")}
"""


def test_topped_up_at_once(database, make_server):
    canteen = database.shell(CANTEEN)
    server = make_server(database)
    server.expect(r"odoo\.sql_db: bad query: .*could not serialize access")
    clients = [server.client("keeper", "keeper") for _one in AMOUNTS]
    forms = []
    for client, holder, amount in zip(clients, canteen["holders"], AMOUNTS, strict=True):
        values = {"partner_id": holder, "asset_id": canteen["asset"], "amount": amount, "reason": "Meals"}
        forms += client.call("tibillet.wallet.operation", "create", [values])
    at_once(
        *(
            lambda client=client, form=form: client.call("tibillet.wallet.operation", "action_confirm", [form])
            for client, form in zip(clients, forms, strict=True)
        )
    )
    # 20 % within 4.40 is 0.73; top-up by top-up it would be 0.18 four times.
    assert database.shell(COUNTED) == {"waits": 0.73, "red": []}
