"""The page of a card, for whoever scans it, and a wallet's own page with its history, beside stock Odoo's /my.

Each page is asked for by wrk as fast as it answers, in turn, several rounds. Last comes the row that decides: the wallet.
"""

from statistics import fmean
from types import SimpleNamespace

import requests

from ..kernel.world import ledger
from ..venue import open_venue
from ..wrk import Load, load

WORKERS, READERS = 5, 8  # two a core and one, as Odoo's manual says
SECONDS, ROUNDS = 3, 3  # in turn, since a shared machine's speed drifts
MOVES = 60  # three pages of history
LOGIN = "reader@people.example"
PORTAL = """
from odoo import Command
user = env["res.users"].with_context(no_reset_password=True).create({{
    "name": "Reader", "login": {login!r}, "email": {login!r}, "password": {login!r}, "lang": "en_US",
    "group_ids": [Command.set(env.ref("base.group_portal").ids)],
}})
"""
CARDS = """
mine, free = env["tibillet.card"].search([("number", "in", {numbers!r})], order="number", limit=2)
mine._link(user.partner_id)
env.cr.commit()
result = {{"wallet": env["tibillet.wallet"]._for_partner(user.partner_id).id, "free": free.qr_uuid}}
"""
COMMIT = "env.cr.commit()"


def run(bench):
    stock, ours = bench.stock(), bench.database()
    stock.shell(PORTAL.format(login=LOGIN) + COMMIT)
    venue = open_venue(ours, balance=2000)
    known = ours.shell(PORTAL.format(login=LOGIN) + CARDS.format(**venue))
    spend(ours, venue, known["wallet"])
    theirs = bench.workers(stock, WORKERS).client(LOGIN, LOGIN)
    holder = bench.workers(ours, WORKERS).client(LOGIN, LOGIN)
    stranger = SimpleNamespace(url=holder.url, session=requests.Session())
    pages = {
        "stock": (theirs, "/my", "o_portal_my_home"),
        "card": (stranger, f"/qr/{known['free']}", "tibillet-balance"),
        "wallet": (holder, "/my/wallet", "tibillet-move"),
    }
    for page in pages.values():
        read(page, 4)  # each worker loads its registry and caches
    rounds = [{name: read(page) for name, page in pages.items()} for _round in range(ROUNDS)]
    done = {name: mean([one[name] for one in rounds]) for name in pages}
    yield row(bench, "a card's page, to a stranger", done["card"], done["stock"])
    yield row(bench, f"a wallet with {MOVES} movements", done["wallet"], done["stock"])


def read(page, seconds=SECONDS):
    client, path, expected = page
    return load(client, path, [], expected, READERS, seconds)


def mean(loads):
    """One load of several: what failed is summed."""
    rate, p50, p95 = (round(fmean(values), 2) for values in list(zip(*loads, strict=True))[:3])
    return Load(rate, p50, p95, sum(load.failed for load in loads))


def row(bench, case, ours, stock):
    return bench.row(
        "wallet_page", ours.rate, "1/s", against=stock.rate, yardstick="stock's /my", case=case, p50=ours.p50,
        p95=ours.p95, failed=ours.failed, stock_failed=stock.failed,
    )  # fmt: skip


def spend(database, venue, wallet):
    """So many drinks paid from the wallet."""
    connection = database.connect()
    connection.autocommit = False
    with connection, connection.cursor() as cr:
        ledger.post_many(
            cr,
            [
                ledger.Entry(
                    f"drink:{number}", "spend", venue["place_id"],
                    (ledger.Line(wallet, venue["asset_id"], -10), ledger.Line(venue["place_wallet_id"], venue["asset_id"], 10)),
                )
                for number in range(MOVES)
            ],
        )  # fmt: skip
    connection.close()
