"""Postings a second over 10,000 wallets, four connections, beside the same statements in raw SQL without any rule."""

from ..kernel.rates import measure
from ..kernel.world import World


def run(bench):
    world = World(bench.database().dsn, holders=10_000, name="uniform")
    engine, raw = measure(world, world.holders)
    yield bench.row("ledger_post_uniform", round(engine, 1), "1/s", against=round(raw, 1), yardstick="raw SQL")
