"""A sweep while tills spend: nothing below zero, nothing lost, nothing taken twice; and a control that reads without a lock."""

import random
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from .test_races import at_once, fund, read
from .world import World, ledger

TILLS = 8
SPENDS = 150


@pytest.fixture
def world(ledger_database, request):
    return cards(World(ledger_database, holders=6, name=request.node.name[:60]), request.node.name)


def cards(world, name):
    """The world's holders become anonymous cards in use."""
    connection = world.connect()
    with connection, connection.cursor() as cr:
        cr.execute(
            """INSERT INTO tibillet_card_batch (name, place_id, generation, security_level)
               VALUES (%s, %s, 1, 'uid') RETURNING id""",
            [name, world.places[0]],
        )
        (batch,) = cr.fetchone()
        cr.execute(
            """INSERT INTO tibillet_card (number, qr_uuid, batch_id, place_id, state)
               SELECT upper(substr(md5(%s || i), 1, 8)), %s || i, %s, %s, 'active' FROM generate_series(1, 6) i RETURNING id""",
            [name, name, batch, world.places[0]],
        )
        world.holders = [world._wallet(cr, "card_id", card) for (card,) in cr.fetchall()]
    connection.close()
    return world


def order(world, key):
    until = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
    return ledger.Sweep(
        key, world.assets[1], world.places[0], world.tills[0], until - timedelta(hours=26), until, linked=False
    )


def stored(world):
    ((amount,),) = read(
        world, "SELECT sum(amount)::bigint FROM tibillet_ledger_balance WHERE wallet_id = ANY(%s)", world.holders
    )
    return amount


def test_sweeps_while_tills_spend(world):
    seed = time.time_ns()
    print(f"seed {seed}")
    fund(world, 1000)
    moved = [0] * TILLS
    swept = []

    def till(connection, number):
        draw = random.Random(f"{seed}/{number}")
        for step in range(SPENDS):
            key, holder, amount = f"{world.tills[0]}:{number}:{step}", draw.choice(world.holders), draw.randint(1, 60)
            with connection, connection.cursor() as cr:
                if draw.random() < 0.3:
                    ledger.post(cr, world.entry(key, "top_up", world.tills[0], holder, world.assets[1], amount))
                    moved[number] += amount
                    continue
                try:
                    ledger.hold(cr, key, holder, amount, world.assets, world.places[0], f"till:{number}")
                except ledger.Insufficient:
                    continue
            with connection, connection.cursor() as cr:
                ledger.post(cr, ledger.Capture(key, key, amount, world.tills[0], world.places[0]))
                moved[number] -= amount

    def sweeper(connection):
        for run in range(40):
            with connection, connection.cursor() as cr:
                swept.append(ledger.sweep(cr, order(world, f"sweep:{world.places[0]}:{run}"), "Festival"))

    def work(connection, number):
        sweeper(connection) if number == TILLS else till(connection, number)

    with at_once(world, work, TILLS + 1) as errors:
        assert errors == []
    taken = sum(amount for lot in swept for amount in lot.values())
    assert taken > 0
    assert stored(world) == 1000 * len(world.holders) + sum(moved) - taken
    connection = world.connect()
    with connection, connection.cursor() as cr:
        assert world.sums(cr) == ([], [])
        report = ledger.verify(cr)
        assert report.ok, report.breaks
    connection.close()


def test_the_same_sweep_from_two_places_takes_once(world):
    fund(world, 1000)
    swept = []

    def work(connection, _number):
        with connection, connection.cursor() as cr:
            swept.append(ledger.sweep(cr, order(world, f"sweep:{world.places[0]}"), "Festival"))

    with at_once(world, work, 4) as errors:
        assert errors == []
    assert sum(sum(lot.values()) for lot in swept) == 1000 * len(world.holders)
    assert stored(world) == 0


def test_a_sweep_waits_for_the_till_that_spends(world):
    """Two cursors: the till has spent and not committed; the sweep takes what is left, not what it saw."""
    fund(world, 1000)
    till, sweeper = world.connect(), world.connect()
    spent = world.entry("spent:" + str(world.tills[0]), "spend", world.holders[0], world.tills[0], world.assets[1], 300)
    taken = {}
    with till.cursor() as cr:
        ledger.post(cr, spent)

    def sweep():
        with sweeper, sweeper.cursor() as cr:
            taken.update(ledger.sweep(cr, order(world, f"sweep:{world.places[0]}"), "Festival"))

    thread = threading.Thread(target=sweep)
    thread.start()
    thread.join(0.5)
    assert thread.is_alive(), "the sweep did not wait: it took what it saw"
    till.commit()
    thread.join()
    assert sum(taken.values()) == 1000 * len(world.holders) - 300
    assert stored(world) == 0
    till.close()
    sweeper.close()


def test_control_what_is_read_without_a_lock_is_gone(world):
    """The race is real: amounts read before the till commits can no longer be taken."""
    fund(world, 1000)
    till, sweeper = world.connect(), world.connect()
    with sweeper.cursor() as cr:
        count, amount = ledger.sweepable(cr, order(world, "unused"))
        assert (count, amount) == (len(world.holders), 1000 * len(world.holders))
    with till, till.cursor() as cr:
        ledger.post(
            cr, world.entry(f"s:{world.tills[0]}", "spend", world.holders[0], world.tills[0], world.assets[1], 300)
        )
    with pytest.raises(ledger.Insufficient), sweeper, sweeper.cursor() as cr:
        ledger.post(
            cr, world.entry(f"v:{world.tills[0]}", "void", world.holders[0], world.tills[0], world.assets[1], 1000)
        )
    till.close()
    sweeper.close()
