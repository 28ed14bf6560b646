"""Postings a second on five hot wallets, four connections, beside the same statements in raw SQL without any rule."""

from ..kernel.rates import measure
from ..kernel.world import World


def run(bench):
    world = World(bench.database().dsn, holders=5, name="hot")
    engine, raw = measure(world, world.holders)
    yield bench.row("ledger_post_hot", round(engine, 1), "1/s", against=round(raw, 1), yardstick="raw SQL")
