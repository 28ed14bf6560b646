"""A year of one venue: 50,000 orders closed day by day, half paid by card, then every control counted.

The yardstick is the same sales, all in cash, at another venue of the same Odoo. Time and queries are those of the calls that
close a day: entries, their reconciliation, stock, fiscal seal, signed closing. Sizes: BOOKS_YEAR_ORDERS, BOOKS_YEAR_DAYS.
"""

import os
from time import monotonic

from ..kernel.world import ledger
from ..tills import cash_order, held_order, multiply, open_tills, sync
from .close_session_10k import CARDS, spend

ORDERS, DAYS = int(os.environ.get("BOOKS_YEAR_ORDERS", 50_000)), int(os.environ.get("BOOKS_YEAR_DAYS", 365))
COUNT = """
import time
company = env["res.company"].browse({company_id})
env["tibillet.control"]._count(company)
env.cr.commit()
queries, start = env.cr.sql_log_count, time.monotonic()
controls = env["tibillet.control"]._count(company)
env.flush_all()
result = {{
    "seconds": time.monotonic() - start, "queries": env.cr.sql_log_count - queries,
    "clearing": controls.filtered(lambda control: control.kind == "clearing").number,
    "moves": env["account.move"].search_count([("company_id", "=", company.id)]),
}}
"""


def run(bench):
    database = bench.database()
    venues = [
        open_tills(database, 1, cards=CARDS, balance=100_000),
        open_tills(database, 1, cards=1, name="Cash only", login="cash", first_uid=0xB10000),
    ]
    server = bench.threaded(database)
    took = [year(database, server.client(venue["login"], venue["login"]), venue) for venue in venues]
    counted = database.shell(COUNT.format(**venues[0]))
    assert not counted["clearing"], counted
    queries = closing_queries(server)
    size = {"orders": ORDERS, "days": DAYS}
    yield bench.row(
        "books_year", round(counted["seconds"], 2), "s", case="controls", queries=counted["queries"],
        entries=counted["moves"], **size,
    )  # fmt: skip
    yield bench.row(
        "books_year", took[0], "s", against=took[1], yardstick="the same sales in cash", case="posting",
        queries=sum(queries[:DAYS]), against_queries=sum(queries[DAYS:]), **size,
    )  # fmt: skip


def closing_queries(server):
    """Queries of each closing, in order, as the server's log counts them: `"POST /…" 200 - QUERIES SQL PYTHON`."""
    calls = [
        line for line in server.log.read_text().splitlines() if "close_session_from_ui" in line and '" 200 - ' in line
    ]
    return [int(line.split()[-3]) for line in calls]


def year(database, client, venue):
    """Live a year at the venue's till; return the seconds that its closings took, entries and reconciliation included."""
    [till] = venue["tills"]
    seconds = 0.0
    for day in range(DAYS):
        if day:
            session_id = client.call("pos.session", "create", [{"config_id": till.id}])[0]
            client.call("pos.session", "set_opening_control", [session_id], 0, "")
            till = till._replace(session_id=session_id)
        fill(database, client, venue, till, day)
        data = client.call("pos.session", "get_closing_control_data", [till.session_id])
        cash = data["default_cash_details"]["amount"]
        client.call("pos.session", "post_closing_cash_details", [till.session_id], counted_cash=cash)
        start = monotonic()
        answer = client.call("pos.session", "close_session_from_ui", [till.session_id])
        seconds += monotonic() - start
        assert answer.get("successful"), answer
    return round(seconds, 1)


def fill(database, client, venue, till, day):
    """A day's orders: one of each kind as a till syncs it, then copies; card payments with what they moved in the ledger."""
    orders, by_card = ORDERS // DAYS, len(venue["wallets"]) > 1
    connection = database.connect()
    with connection.cursor() as cr:
        first = [
            cash_order(venue, till),
            held_order(venue, till, cr, day % CARDS) if by_card else cash_order(venue, till),
        ]
    for order in first:
        client.post("/web/dataset/call_kw", sync(order))
    connection.autocommit = False
    with connection, connection.cursor() as cr:
        multiply(cr, first[0]["uuid"], orders // 2 - 1)
        uuids = multiply(cr, first[1]["uuid"], orders // 2 - 1)
        if by_card:
            ledger.post_many(cr, [spend(venue, uuid, number) for number, uuid in enumerate(uuids, day * orders)])
    connection.close()
