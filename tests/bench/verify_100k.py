"""Verify a ledger of 100,000 chained entries, beside PostgreSQL reading the same rows once."""

import time

from ..kernel.world import World, ledger

ENTRIES = 100_000


def run(bench):
    world = World(bench.database().dsn, holders=200, name="verify")
    connection = world.connect()
    with connection, connection.cursor() as cr:
        for start in range(0, ENTRIES, 10_000):
            ledger.post_many(cr, [entry(world, number) for number in range(start, start + 10_000)])
            connection.commit()
        ledger.anchor(cr, "bench")
    with connection, connection.cursor() as cr:
        read = seconds(lambda: rows(cr))
        taken = seconds(lambda: checked(cr))
    connection.close()
    yield bench.row("verify_100k", round(taken, 2), "s", against=round(read, 2), yardstick="reading the rows")


def entry(world, number):
    holder = world.holders[number % len(world.holders)]
    return world.entry(f"verify:{number}", "top_up", world.tills[0], holder, world.assets[1], 100)


def rows(cr):
    cr.execute(
        "SELECT t.*, p.* FROM tibillet_ledger_transaction t JOIN tibillet_ledger_posting p ON p.transaction_id = t.id"
    )
    cr.fetchall()


def checked(cr):
    report = ledger.verify(cr)
    if not report.ok:
        raise AssertionError(report.first_break)


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
