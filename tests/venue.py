"""A French venue with a till open for business, for the tests and benches that need the whole."""

import json

# Before what a file of tests sets up itself: its website speaks English, and French under /fr.
IN_BOTH_LANGUAGES = """
from odoo import Command
english, french = (env["res.lang"]._activate_lang(code) for code in ("en_US", "fr_FR"))
env["website"].search([]).write(
    {"default_lang_id": english.id, "language_ids": [Command.set([english.id, french.id])]}
)
"""
OPEN = """
import json, uuid
from odoo import Command
from odoo.addons.tibillet_base import ledger
asked = json.loads({asked!r})
env = env(context=dict(env.context, lang=asked["lang"]))
france, euro = env.ref("base.fr"), env.ref("base.EUR")
euro.active = True
company = env["res.company"].with_context(install_mode=True).create({{
    "name": asked["name"], "country_id": france.id, "currency_id": euro.id,
    "street": "3 ruelle du Fond", "zip": "34000", "city": "Montpellier",
    "vat": "FR13990000010", "company_registry": "99000001000019",
}})
env.user.company_ids |= company
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
place = env["tibillet.place"].create({{"name": asked["name"], "company_id": company.id}})
asset = env["tibillet.asset"].create({{
    "name": "Euro", "code": "EUR", "kind": "money", "place_id": place.id, "currency_id": euro.id, "refundable": True,
}})
till = company._tibillet_open_till("Bar " + asked["name"])
till.write({{
    "tibillet_box_url": asked["box_url"], "tibillet_box_token": asked["box_token"],
    "tibillet_web_nfc": asked["web_nfc"],
    "auto_validate_terminal_payment": asked["auto_validate"],
}})
tax = company.account_sale_tax_id
tax.price_include_override = "tax_included"
beer = env["product.product"].create({{
    "name": "Beer", "available_in_pos": True, "list_price": 5.0, "type": "consu", "company_id": company.id,
    "taxes_id": [Command.set(tax.ids)],
}})
login = asked["login"]
groups = env.ref("tibillet_base.group_manager") | env.ref("point_of_sale.group_pos_manager")
env["res.users"].create({{
    "name": login, "login": login, "password": login, "company_id": company.id, "lang": asked["lang"],
    "company_ids": [Command.set(company.ids)], "group_ids": [Command.link(group.id) for group in groups],
}})
batch = env["tibillet.card.batch"].create({{"name": "First cards", "place_id": place.id}})
uids = ["04%012X" % (asked["first_uid"] + number) for number in range(asked["cards"])]
cards = batch._add_cards([
    {{"number": "%08d" % (asked["first_uid"] + n), "uid": uid, "qr_uuid": str(uuid.uuid4())}} for n, uid in enumerate(uids)
])
cards._activate()
wallets = [card._wallet() for card in cards]
if asked["balance"]:
    env["tibillet.ledger.transaction"]._post([
        ledger.Entry("seed:%d" % wallet.id, "top_up", place.id, (
            ledger.Line(place.wallet_id.id, asset.id, -asked["balance"]),
            ledger.Line(wallet.id, asset.id, asked["balance"]),
        )) for wallet in wallets
    ])
session = env["pos.session"].create({{"config_id": till.id, "user_id": env.uid}})
session.set_opening_control(0, "")
env.cr.commit()
result = {{
    "company_id": company.id, "place_id": place.id, "place_wallet_id": place.wallet_id.id, "asset_id": asset.id,
    "till_id": till.id, "session_id": session.id, "beer_id": beer.id, "login": login, "uids": uids,
    "numbers": cards.mapped("number"), "wallets": [wallet.id for wallet in wallets],
    "method_id": till.payment_method_ids._tibillet_nfc().id,
    "cash_method_id": till.payment_method_ids.filtered("is_cash_count").id,
    "top_up_id": asset._topup_product(company).id,
}}
"""
DEFAULTS = {
    "name": "Le Bar", "login": "bar", "cards": 3, "balance": 0, "first_uid": 0xA10000, "lang": "en_US",
    "box_url": "", "box_token": "", "auto_validate": True, "web_nfc": False,
}  # fmt: skip


def open_venue(database, **asked):
    """Open a venue in a database and return its ids, logins, the cards' UIDs, numbers and wallets.

    :param int cards: how many, with 7-byte UIDs
    :param int balance: cents on each card
    :param bool auto_validate: an order that a tap pays in full needs no further touch, as at a new till
    """
    return database.shell(OPEN.format(asked=json.dumps(DEFAULTS | asked)))
