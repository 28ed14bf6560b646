"""Authorise a tap over HTTP, beside an empty JSON-RPC route of the same authentication; 1, 4 and 16 terminals.

Then once more after a million postings: the rate must not have fallen.
"""

from statistics import fmean

from ..kernel.world import ledger
from ..venue import open_venue
from ..wrk import Load, body, load

SECONDS, ROUNDS = 2, 3  # in turn, since a shared machine's speed drifts
CARDS = 64
WORKERS = 5  # two a core and one, as Odoo's manual says
FEW, MANY = 1_000, 1_000_000


def run(bench):
    database = bench.database()
    venue = open_venue(database, cards=CARDS)
    fund(database, venue, FEW // 2)
    front = bench.workers(database, WORKERS)
    client = front.client(venue["login"], venue["login"])
    taps = [body(authorise(venue, uid)) for uid in venue["uids"]]
    warm_up(client, taps)
    empty, one, alone = measure(bench, client, taps, 1)
    _, few, several = measure(bench, client, taps, 4)
    _, _, crowd = measure(bench, client, taps, 16)
    fund(database, venue, (MANY - FEW) // 2)
    _, many, _ = measure(bench, client, taps, 4)
    yield bench.row(
        "authorise_http", many.rate, "1/s", against=few.rate, yardstick=f"after {FEW} postings",
        case=f"after {MANY} postings", failed=few.failed + many.failed,
    )  # fmt: skip
    yield bench.row("authorise_http", one.p95, "ms", against=empty.p95, yardstick="empty route", case="p95, 1 terminal")
    yield alone
    yield several
    yield crowd


def measure(bench, client, taps, terminals):
    """The empty route's load, authorise's at as many terminals, and the row that compares them."""
    rounds = [
        (
            load(client, "/web/session/check", [body({})], '"result"', terminals, SECONDS),
            load(client, "/tibillet_nfc/authorise", taps, '"held"', terminals, SECONDS),
        )
        for _ in range(ROUNDS)
    ]
    empty, ours = (mean(side) for side in zip(*rounds, strict=True))
    row = bench.row(
        "authorise_http", ours.rate, "1/s", against=empty.rate, yardstick="empty route",
        case=f"{terminals} terminals", p95=ours.p95, failed=ours.failed,
    )  # fmt: skip
    return empty, ours, row


def mean(loads):
    """One load of several: what failed is summed."""
    rate, p50, p95 = (round(fmean(values), 2) for values in list(zip(*loads, strict=True))[:3])
    return Load(rate, p50, p95, sum(load.failed for load in loads))


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
        cr.execute("VACUUM ANALYZE")
        cr.execute("CHECKPOINT")
    connection.close()
