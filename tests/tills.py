"""Tills in number, for the benches: a French venue of ours, a French company of stock Odoo, and what each one's tills send."""

import json
import uuid
from typing import NamedTuple

from .kernel.world import ledger
from .venue import open_venue

MORE = """
import json
asked = json.loads({asked!r})
company = env["res.company"].browse(asked["company_id"])
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
opened = []
for number in range(asked["tills"]):
    config = company._tibillet_open_till("Till %d" % number)
    session = env["pos.session"].create({{"config_id": config.id, "user_id": env.uid}})
    session.set_opening_control(0, "")
    methods = config.payment_method_ids
    opened.append([config.id, session.id, methods.filtered("is_cash_count").id, methods._tibillet_nfc().id])
env.cr.commit()
result = {{"tills": opened, "tax_id": company.account_sale_tax_id.id}}
"""
STOCK = """
import json
from odoo import Command
asked = json.loads({asked!r})
france, euro = env.ref("base.fr"), env.ref("base.EUR")
euro.active = True
company = env["res.company"].with_context(install_mode=True).create({{
    "name": "Stock bar", "country_id": france.id, "currency_id": euro.id,
}})
env.user.company_ids |= company
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
env["account.chart.template"].try_loading("fr", company=company, install_demo=False)
tax = company.account_sale_tax_id
tax.price_include_override = "tax_included"
beer = env["product.product"].create({{
    "name": "Beer", "available_in_pos": True, "list_price": 5.0, "type": "consu", "company_id": company.id,
    "taxes_id": [Command.set(tax.ids)],
}})
env["res.users"].create({{
    "name": "stock", "login": "stock", "password": "stock", "company_id": company.id,
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.link(env.ref("point_of_sale.group_pos_manager").id)],
}})
opened = []
for number in range(asked["tills"]):
    configs = env["pos.config"]
    cash = configs._create_cash_payment_method({{"name": "Cash %d" % number}})
    config = configs.create({{
        "name": "Till %d" % number, "company_id": company.id, "payment_method_ids": [Command.set(cash.ids)],
    }})
    session = env["pos.session"].create({{"config_id": config.id, "user_id": env.uid}})
    session.set_opening_control(0, "")
    opened.append([config.id, session.id, cash.id, 0])
env.cr.commit()
result = {{"login": "stock", "company_id": company.id, "beer_id": beer.id, "tax_id": tax.id, "tills": opened}}
"""


class Till(NamedTuple):
    """Ids of a till, its open session, and its cash and card methods."""

    id: int
    session_id: int
    cash_id: int
    nfc_id: int


def open_tills(database, tills, **venue):
    """Open a venue (see :func:`open_venue`) with so many more tills, and return it with its ``tills`` and ``tax_id``."""
    opened = open_venue(database, **venue)
    opened |= database.shell(MORE.format(asked=json.dumps({"company_id": opened["company_id"], "tills": tills})))
    return opened | {"tills": [Till(*till) for till in opened["tills"]]}


def open_stock(database, tills):
    """Open a company with so many tills as Odoo's own defaults have it, and return its ids."""
    opened = database.shell(STOCK.format(asked=json.dumps({"tills": tills})))
    return opened | {"tills": [Till(*till) for till in opened["tills"]]}


def cash_order(venue, till):
    """An order of one beer paid in cash, as a till sends it."""
    return order_of(venue, till, 5.0, {"payment_method_id": till.cash_id})


def held_order(venue, till, cr, card):
    """An order of one beer paid by the venue's card number ``card``, whose hold is made here as a tap makes it."""
    order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
    hold = f"pos.payment:{payment_uuid}"
    ledger.hold(
        cr, hold, venue["wallets"][card], 500, [venue["asset_id"]], venue["place_id"],
        f"pos.session:{till.session_id}", f"{order_uuid}|{venue['numbers'][card]}",
    )  # fmt: skip
    return card_order(venue, till, card, order_uuid, payment_uuid, hold, 5.0)


def card_order(venue, till, card, order_uuid, payment_uuid, hold, price):
    """An order of one beer paid by a card that was tapped."""
    payment = {"payment_method_id": till.nfc_id, "uuid": payment_uuid, "tibillet_hold": hold,
               "tibillet_card": venue["numbers"][card], "payment_status": "done"}  # fmt: skip
    return order_of(venue, till, price, payment, order_uuid)


def order_of(venue, till, amount, payment, order_uuid=None, line=None):
    """An order of one line and one payment, both of `amount`."""
    order_uuid = order_uuid or str(uuid.uuid4())
    line = {
        "product_id": venue["beer_id"], "qty": 1, "price_unit": amount, "discount": 0, "uuid": str(uuid.uuid4()),
        "tax_ids": [[6, 0, [venue["tax_id"]]]], "price_subtotal": round(amount / 1.2, 2), "price_subtotal_incl": amount,
        "full_product_name": "Beer", "price_type": "original", **(line or {}),
    }  # fmt: skip
    return {
        "uuid": order_uuid, "name": "/", "state": "paid", "session_id": till.session_id,
        "company_id": venue["company_id"], "access_token": str(uuid.uuid4()), "amount_total": amount,
        "amount_tax": round(amount - line["price_subtotal"], 2), "amount_paid": amount, "amount_return": 0,
        "partner_id": False, "date_order": "2026-01-01 12:00:00", "fiscal_position_id": False, "to_invoice": False,
        "pos_reference": f"26{till.id}-{till.id}-{order_uuid[-6:]}", "tracking_number": "1", "lines": [[0, 0, line]],
        "payment_ids": [[0, 0, {"uuid": str(uuid.uuid4()), "amount": amount, "name": "2026-01-01 12:00:00", **payment}]],
    }  # fmt: skip


def sync(order):
    """Parameters of the call that a till sends an order by."""
    return {"model": "pos.order", "method": "sync_from_ui", "args": [[order]], "kwargs": {}}


def multiply(cr, order_uuid, count):
    """Copy a paid order ``count`` times as its till would have sent it, with new uuids; return the payments' new uuids.

    For a bench that needs ten thousand orders of which it measures what comes after.
    """
    cr.execute("SELECT id FROM pos_order WHERE uuid = %s", [order_uuid])
    [template] = cr.fetchone()
    cr.execute(
        """CREATE TEMP TABLE copies ON COMMIT DROP AS
           SELECT nextval('pos_order_id_seq')::integer id, nextval('pos_order_line_id_seq')::integer line,
                  gen_random_uuid()::text uuid, gen_random_uuid()::text payment, number
             FROM generate_series(1, %s) number""",
        [count],
    )
    _copy(cr, "pos_order", "o.id = %(template)s", template, id="c.id", uuid="c.uuid", access_token="c.uuid",
          pos_reference="o.pos_reference || '-' || c.number", l10n_fr_hash="NULL",
          l10n_fr_secure_sequence_number="0", previous_order_id="NULL")  # fmt: skip
    _copy(cr, "pos_order_line", "o.order_id = %(template)s", template, id="c.line", order_id="c.id",
          uuid="gen_random_uuid()::text")  # fmt: skip
    _copy(cr, "pos_payment", "o.pos_order_id = %(template)s", template, id="nextval('pos_payment_id_seq')",
          pos_order_id="c.id", uuid="c.payment")  # fmt: skip
    cr.execute(
        """INSERT INTO account_tax_pos_order_line_rel (pos_order_line_id, account_tax_id)
           SELECT c.line, t.account_tax_id FROM copies c, account_tax_pos_order_line_rel t
             JOIN pos_order_line l ON l.id = t.pos_order_line_id WHERE l.order_id = %s""",
        [template],
    )
    cr.execute(
        """INSERT INTO tibillet_fiscal_entry (order_id, company_id, digest)
           SELECT c.id, o.company_id, tibillet_fiscal_digest(c.id) FROM copies c JOIN pos_order o USING (id) ORDER BY id"""
    )
    cr.execute("SELECT payment FROM copies")
    uuids = [uuid for (uuid,) in cr.fetchall()]
    cr.execute("DROP TABLE copies")
    return uuids


def _copy(cr, table, where, template, **changed):
    """Copy a row once per line of `copies` (c), but for the columns that change."""
    cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    columns = {name: changed.get(name, f'o."{name}"') for (name,) in cr.fetchall()}
    names = ", ".join(f'"{name}"' for name in columns)
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {table} o, copies c WHERE {where}",
        {"template": template},
    )
