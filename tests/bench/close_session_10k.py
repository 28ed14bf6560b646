"""Close a session of ten thousand orders, half paid by card, from the till: entries, stock, fiscal chain and ledger's root."""

from time import monotonic

from ..kernel.world import ledger
from ..tills import cash_order, held_order, multiply, open_tills, sync

ORDERS, CARDS, LIMIT_SECONDS = 10_000, 500, 60.0


def run(bench):
    database = bench.database()
    venue = open_tills(database, 1, cards=CARDS, balance=100_000)
    client = bench.threaded(database).client(venue["login"], venue["login"])
    [till] = venue["tills"]
    fill(database, client, venue, till)
    cash = client.call("pos.session", "get_closing_control_data", [till.session_id])["default_cash_details"]["amount"]
    client.call("pos.session", "post_closing_cash_details", [till.session_id], counted_cash=cash)
    start = monotonic()
    answer = client.call("pos.session", "close_session_from_ui", [till.session_id])
    seconds = round(monotonic() - start, 1)
    assert answer.get("successful"), answer
    proof = proven(database, venue, till)
    yield bench.row("close_session_10k", seconds, "s", against=LIMIT_SECONDS, yardstick="a minute", **proof)


def fill(database, client, venue, till):
    """Sync one order of each kind as a till does, then copy it, card payments with their captures in the ledger."""
    connection = database.connect()
    with connection.cursor() as cr:
        orders = cash_order(venue, till), held_order(venue, till, cr, 0)
    for order in orders:
        client.post("/web/dataset/call_kw", sync(order))
    connection.autocommit = False
    with connection, connection.cursor() as cr:
        multiply(cr, orders[0]["uuid"], ORDERS // 2 - 1)
        uuids = multiply(cr, orders[1]["uuid"], ORDERS // 2 - 1)
        for start in range(0, len(uuids), 1_000):
            ledger.post_many(cr, [spend(venue, uuid, start + n) for n, uuid in enumerate(uuids[start : start + 1_000])])
    connection.autocommit = True
    with connection.cursor() as cr:
        cr.execute("VACUUM ANALYZE")
    connection.close()


def spend(venue, uuid, number):
    """What the capture of a beer moved."""
    wallet = venue["wallets"][number % CARDS]
    lines = (
        ledger.Line(wallet, venue["asset_id"], -500),
        ledger.Line(venue["place_wallet_id"], venue["asset_id"], 500),
    )
    return ledger.Entry(f"pos.payment:{uuid}", "spend", venue["place_id"], lines)


def proven(database, venue, till):
    """What must hold afterwards: every order sealed and done, Odoo's check content, the entries balanced, stock moved once."""
    seen = database.shell(
        f"""
session = env["pos.session"].browse({till.session_id})
company = session.company_id
report = company.with_company(company)._check_pos_hash_integrity()
orders = session.order_ids
result = {{
    "orders": len(orders), "done": len(orders.filtered(lambda order: order.state == "done")),
    "sealed": len(set(orders.mapped("l10n_fr_secure_sequence_number"))),
    "corrupted": report["corrupted_orders"], "pickings": len(session.picking_ids),
    "moved": sum(session.picking_ids.move_ids.mapped("quantity")), "state": session.state,
}}
"""
    )
    expected = {"orders": ORDERS, "done": ORDERS, "sealed": ORDERS, "corrupted": "None", "pickings": 1,
                "moved": ORDERS, "state": "closed"}  # fmt: skip
    assert seen == expected, seen
    return {"orders": ORDERS, "corrupted": 0}
