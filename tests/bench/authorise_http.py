"""Authorise a tap over HTTP, beside an empty JSON-RPC route of the same authentication; 1, 4 and 16 terminals.

Then once more after a million postings: the rate must not have fallen.
"""

from ..kernel.world import ledger
from ..venue import open_venue
from ..wrk import body, load

SECONDS = 6
CARDS = 64
WORKERS = 2
FEW, MANY = 1_000, 1_000_000


def run(bench):
    database = bench.database()
    venue = open_venue(database, cards=CARDS)
    fund(database, venue, FEW // 2)
    front = bench.workers(database, WORKERS)
    client = front.client(venue["login"], venue["login"])
    taps = [body(authorise(venue, uid)) for uid in venue["uids"]]
    warm_up(client, taps)
    rows = [measure(bench, client, taps, terminals) for terminals in (16, 4)]
    few = load(client, "/tibillet_nfc/authorise", taps, '"held"', 4, SECONDS)
    fund(database, venue, (MANY - FEW) // 2)
    many = load(client, "/tibillet_nfc/authorise", taps, '"held"', 4, SECONDS)
    yield from rows
    yield bench.row(
        "authorise_http", many.rate, "1/s", against=few.rate, yardstick=f"after {FEW} postings",
        case=f"after {MANY} postings", failed=few.failed + many.failed,
    )  # fmt: skip
    one = load(client, "/tibillet_nfc/authorise", taps, '"held"', 1, SECONDS)
    empty = load(client, "/web/session/check", [body({})], '"result"', 1, SECONDS)
    yield bench.row("authorise_http", one.p95, "ms", against=empty.p95, yardstick="empty route", case="p95, 1 terminal")
    yield measure(bench, client, taps, 1)


def measure(bench, client, taps, terminals):
    """Rate of authorise at so many terminals, against the empty route's."""
    empty = load(client, "/web/session/check", [body({})], '"result"', terminals, SECONDS)
    ours = load(client, "/tibillet_nfc/authorise", taps, '"held"', terminals, SECONDS)
    return bench.row(
        "authorise_http", ours.rate, "1/s", against=empty.rate, yardstick="empty route",
        case=f"{terminals} terminals", p95=ours.p95, failed=ours.failed,
    )  # fmt: skip


def warm_up(client, taps):
    """Each worker loads its registry and caches before anything is counted."""
    load(client, "/tibillet_nfc/authorise", taps, '"held"', 16, 3)
    load(client, "/web/session/check", [body({})], '"result"', 16, 1)


def authorise(venue, uid):
    return {
        "session_id": venue["session_id"],
        "payment_uuid": "@@-4000-8000-000000000000",
        "order_uuid": "@@-4000-8000-000000000001",
        "amount": 1,
        "tap": {"uid": uid, "source": "box"},
    }


def fund(database, venue, transactions):
    """Top the cards up in so many transactions of two postings."""
    connection = database.connect()
    connection.autocommit = False
    wallets = venue["wallets"]
    with connection, connection.cursor() as cr:
        for start in range(0, transactions, 10_000):
            ledger.post_many(
                cr,
                [
                    ledger.Entry(
                        f"fund:{transactions}:{number}", "top_up", venue["place_id"],
                        (ledger.Line(venue["place_wallet_id"], venue["asset_id"], -1_000),
                         ledger.Line(wallets[number % len(wallets)], venue["asset_id"], 1_000)),
                    )
                    for number in range(start, min(start + 10_000, transactions))
                ],
            )  # fmt: skip
            connection.commit()
    connection.autocommit = True
    with connection.cursor() as cr:
        cr.execute("ANALYZE")
    connection.close()
