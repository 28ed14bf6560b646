"""Sixteen terminals at once, each with a connection of its own; and, for each race, a control without its guard."""

import random
import threading
import time
from contextlib import contextmanager

import psycopg2
import pytest

from .world import World, ledger

TERMINALS = 16
ACTS = 10_000
TOP_UP = 60


@pytest.fixture
def world(ledger_database, request):
    return World(ledger_database, holders=8, name=request.node.name[:60])


@contextmanager
def at_once(world, work, count=TERMINALS):
    """Run ``work(connection, number)`` in threads that start together; yields the errors they met."""
    errors = []
    barrier = threading.Barrier(count)

    def run(number):
        connection = world.connect()
        try:
            barrier.wait()
            work(connection, number)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield errors


def fund(world, amount):
    connection = world.connect()
    with connection, connection.cursor() as cr:
        for holder in world.holders:
            ledger.post(cr, world.entry(f"fund:{holder}", "top_up", world.tills[0], holder, world.assets[1], amount))
    connection.close()


def read(world, query, *parameters):
    connection = world.connect()
    with connection, connection.cursor() as cr:
        cr.execute(query, parameters)
        rows = cr.fetchall()
    connection.close()
    return rows


class Terminal:
    """One terminal's random evening: it holds, captures, releases and tops up, and counts what it was told."""

    def __init__(self, world, number, seed):
        self.world, self.number, self.random = world, number, random.Random(f"{seed}/{number}")
        self.open, self.short, self.spent, self.topped_up = [], 0, 0, 0

    def act(self, connection, step):
        name = self.random.choices(("hold", "capture", "release", "top_up"), (5, 3, 1, 1))[0]
        with connection, connection.cursor() as cr:
            getattr(self, name)(cr, f"{self.world.tills[0]}:{self.number}:{step}")

    def hold(self, cr, key):
        holder = self.random.choice(self.world.holders)
        amount = self.random.randint(1, 60)
        try:
            ledger.hold(cr, key, holder, amount, self.world.assets, self.world.places[0], f"till:{self.number}")
        except ledger.Insufficient:
            self.short += 1
            return
        self.open.append((key, amount))

    def capture(self, cr, _key):
        if self.open:
            key, amount = self.open.pop(self.random.randrange(len(self.open)))
            ledger.post(cr, ledger.Capture(key, key, amount, self.world.tills[0], self.world.places[0]))
            self.spent += amount

    def release(self, cr, _key):
        if self.open:
            ledger.release(cr, self.open.pop(self.random.randrange(len(self.open)))[0])

    def top_up(self, cr, key):
        holder = self.random.choice(self.world.holders)
        w = self.world
        ledger.post(cr, w.entry(key, "top_up", w.tills[0], holder, self.random.choice(w.assets), TOP_UP))
        self.topped_up += TOP_UP


def test_sixteen_terminals_ten_thousand_acts(world):
    seed = time.time_ns()
    print(f"seed {seed}")
    fund(world, 100)
    terminals = [Terminal(world, number, seed) for number in range(TERMINALS)]

    def evening(connection, number):
        for step in range(ACTS // TERMINALS):
            terminals[number].act(connection, step)

    with at_once(world, evening) as errors:
        assert errors == []
    connection = world.connect()
    with connection, connection.cursor() as cr:
        assert world.sums(cr) == ([], [])
        report = ledger.verify(cr)
        assert report.ok, report.breaks
    connection.close()
    ((stored,),) = read(
        world, "SELECT sum(amount)::bigint FROM tibillet_ledger_balance WHERE wallet_id = ANY(%s)", world.holders
    )
    assert stored == 100 * len(world.holders) + sum(t.topped_up - t.spent for t in terminals)
    assert sum(t.short for t in terminals) > 0, "the evening never ran short: it proves nothing about the floor"


def test_one_card_on_two_terminals(world):
    fund(world, 100)
    answers = []

    def tap(connection, number):
        with connection, connection.cursor() as cr:
            try:
                ledger.hold(
                    cr, f"{world.holders[0]}:{number}", world.holders[0], 80, world.assets, world.places[0], "t"
                )
            except ledger.Insufficient as short:
                answers.append(short.missing)
            else:
                answers.append("green")

    with at_once(world, tap, 2) as errors:
        assert errors == []
    assert sorted(answers, key=str) == [60, "green"]


def test_the_same_request_sixteen_times(world):
    fund(world, 1000)
    receipts = []

    def ask(connection, _number):
        with connection, connection.cursor() as cr:
            hold = ledger.hold(
                cr, f"same:{world.holders[0]}", world.holders[0], 70, world.assets, world.places[0], "till:1"
            )
        with connection, connection.cursor() as cr:
            receipts.append(ledger.post(cr, ledger.Capture(hold.key, hold.key, 70, world.tills[0], world.places[0])))

    with at_once(world, ask) as errors:
        assert errors == []
    assert len({receipt.transaction_id for receipt in receipts}) == 1
    assert sum(not receipt.replayed for receipt in receipts) == 1
    assert read(world, "SELECT amount FROM tibillet_ledger_balance WHERE wallet_id = %s", world.holders[0]) == [(930,)]


def test_the_same_key_with_another_amount_at_once(world):
    answers = []

    def ask(connection, number):
        amount = 10 + number % 2
        with connection, connection.cursor() as cr:
            try:
                ledger.post(
                    cr,
                    world.entry(
                        f"k:{world.tills[0]}", "top_up", world.tills[0], world.holders[0], world.assets[1], amount
                    ),
                )
                answers.append(amount)
            except ledger.KeyConflict:
                answers.append("409")
                connection.rollback()

    with at_once(world, ask) as errors:
        assert errors == []
    assert answers.count("409") == 8 and len(set(answers)) == 2


def test_two_holders_pay_each_other_without_deadlock(world):
    fund(world, 100_000)
    a, b = world.holders[:2]

    def pay(connection, number):
        for step in range(40):
            source, target = (a, b) if (number + step) % 2 else (b, a)
            with connection, connection.cursor() as cr:
                ledger.post(cr, world.entry(f"{a}:{number}:{step}", "transfer", source, target, world.assets[1], 3))

    with at_once(world, pay) as errors:
        assert errors == []


def test_closings_at_once_chain_their_roots(world):
    def close(connection, number):
        with connection, connection.cursor() as cr:
            ledger.post(cr, world.entry(f"{world.tills[0]}:{number}", "top_up", world.tills[0],
                                        world.holders[number % 8], world.assets[1], 10))  # fmt: skip
        with connection, connection.cursor() as cr:
            ledger.anchor(cr, f"till {number}")

    with at_once(world, close) as errors:
        assert errors == []
    connection = world.connect()
    with connection, connection.cursor() as cr:
        report = ledger.verify(cr)
        assert report.ok, report.breaks
    connection.close()
    unanchored = """SELECT b.id FROM tibillet_ledger_balance b WHERE b.wallet_id = ANY(%s) AND b.seq >
        (SELECT max(h.seq) FROM tibillet_ledger_anchor_head h WHERE h.balance_id = b.id)"""
    assert read(world, unanchored, world.holders) == []


def test_control_a_read_then_write_forks_the_chain_and_loses_money(world):
    """Without the row's lock, as the system that this one replaces did: the guard is what prevents it."""
    connection = world.connect()
    with connection, connection.cursor() as cr:
        cr.execute("CREATE TABLE IF NOT EXISTS naive (wallet int, amount bigint, seq int)")
        cr.execute("DELETE FROM naive")
        cr.execute("INSERT INTO naive VALUES (1, 1000, 0)")
        cr.execute("CREATE TABLE IF NOT EXISTS naive_posting (wallet int, seq int, amount bigint)")
        cr.execute("DELETE FROM naive_posting")
    connection.close()
    barrier = threading.Barrier(8)

    def debit(connection, _number):
        with connection, connection.cursor() as cr:
            cr.execute("SELECT amount, seq FROM naive WHERE wallet = 1")
            amount, seq = cr.fetchone()
            barrier.wait()
            cr.execute("UPDATE naive SET amount = %s, seq = %s WHERE wallet = 1", [amount - 10, seq + 1])
            cr.execute("INSERT INTO naive_posting VALUES (1, %s, -10)", [seq + 1])

    with at_once(world, debit, 8) as errors:
        assert errors == []
    assert read(world, "SELECT amount FROM naive") == [(990,)], "eighty cents were debited, ten are gone"
    assert read(world, "SELECT count(*) FROM naive_posting WHERE seq = 1") == [(8,)], "eight links follow the same one"


def test_control_without_the_floor_a_race_overdraws(world):
    """The engine's own check is in front of the constraint: with neither, two terminals overdraw the card."""
    fund(world, 100)
    connection = world.connect()
    with connection, connection.cursor() as cr:
        cr.execute("SELECT id FROM tibillet_ledger_balance WHERE wallet_id = %s", [world.holders[0]])
        (balance,) = cr.fetchone()
        cr.execute("CREATE TABLE IF NOT EXISTS unguarded AS SELECT * FROM tibillet_ledger_balance WHERE false")
        cr.execute("DELETE FROM unguarded")
        cr.execute("INSERT INTO unguarded SELECT * FROM tibillet_ledger_balance WHERE id = %s", [balance])
    connection.close()

    def take(table):
        barrier = threading.Barrier(2)

        def run(connection, _number):
            with connection, connection.cursor() as cr:
                cr.execute(f"SELECT amount - held FROM {table} WHERE id = %s", [balance])
                free = cr.fetchone()[0]
                barrier.wait()
                if free >= 80:
                    cr.execute(f"UPDATE {table} SET held = held + 80 WHERE id = %s", [balance])

        return run

    with at_once(world, take("unguarded"), 2) as errors:
        assert errors == []
    assert read(world, "SELECT amount - held FROM unguarded") == [(-60,)]
    with at_once(world, take("tibillet_ledger_balance"), 2) as errors:
        assert errors and all(isinstance(error, psycopg2.Error) for error in errors)


def test_control_locks_taken_in_any_order_deadlock(world):
    """Two captures that lock the same balances in opposite orders: why the engine sorts them."""
    fund(world, 1000)
    rows = read(
        world, "SELECT id FROM tibillet_ledger_balance WHERE wallet_id = ANY(%s) ORDER BY id LIMIT 2", world.holders
    )
    (first,), (second,) = rows
    barrier = threading.Barrier(2)

    def lock(connection, number):
        with connection, connection.cursor() as cr:
            for step, row in enumerate((first, second) if number else (second, first)):
                cr.execute("SELECT 1 FROM tibillet_ledger_balance WHERE id = %s FOR NO KEY UPDATE", [row])
                if not step:
                    barrier.wait()

    with at_once(world, lock, 2) as errors:
        assert [type(error) for error in errors] == [psycopg2.errors.DeadlockDetected]
