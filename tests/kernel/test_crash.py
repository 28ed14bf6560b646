"""A till's server is killed with -9: what was committed stays, what was not never was."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .world import World, ledger

CHILD = """
import os, sys, time
sys.path.insert(0, {tests!r})
from kernel.world import World, ledger
world = World.__new__(World); world.dsn = {dsn!r}
connection = world.connect(); cr = connection.cursor()
{work}
print("ready", flush=True)
time.sleep(60)
"""
HOLD = "ledger.hold(cr, {key!r}, {wallet}, 400, {assets}, {place}, 'pos.session:7')"
CAPTURE = "ledger.post(cr, ledger.Capture({key!r}, {key!r}, 400, {till}, {place}))"


@pytest.fixture
def world(ledger_database, request):
    world = World(ledger_database, holders=1, name=request.node.name[:60])
    connection = world.connect()
    with connection, connection.cursor() as cr:
        ledger.post(
            cr, world.entry(request.node.name, "top_up", world.tills[0], world.holders[0], world.assets[1], 1000)
        )
    connection.close()
    return world


def killed(world, key, *work):
    """Run the acts in a process of its own, kill it with -9, and return the balance (amount, held) that is left."""
    names = {
        "key": key,
        "wallet": world.holders[0],
        "assets": world.assets,
        "place": world.places[0],
        "till": world.tills[0],
    }
    code = CHILD.format(
        tests=str(Path(__file__).resolve().parents[1]), dsn=world.dsn, work="\n".join(w.format(**names) for w in work)
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ})
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    connection = world.connect()
    with connection, connection.cursor() as cr:
        left = ledger.balances(cr, world.holders[0])[world.assets[1]]
        report = ledger.verify(cr)
        assert report.ok, report.breaks
    connection.close()
    return left


def test_killed_before_the_hold_is_committed(world):
    assert killed(world, "k1", HOLD) == (1000, 0)


def test_killed_between_hold_and_capture(world):
    """The hold stands; the till retries and gets the same answer, or its session's closing releases it."""
    assert killed(world, "k2", HOLD, "connection.commit()") == (1000, 400)
    connection = world.connect()
    with connection, connection.cursor() as cr:
        again = ledger.hold(cr, "k2", world.holders[0], 400, world.assets, world.places[0], "pos.session:7")
        assert again.replayed and again.state == "held"
        assert ledger.release_owner(cr, "pos.session:7") == ["k2"]
        assert ledger.balances(cr, world.holders[0])[world.assets[1]] == (1000, 0)
    connection.close()


def test_killed_before_the_capture_is_committed(world):
    assert killed(world, "k3", HOLD, "connection.commit()", CAPTURE) == (1000, 400)


def test_killed_after_the_capture_is_committed(world):
    assert killed(world, "k4", HOLD, "connection.commit()", CAPTURE, "connection.commit()") == (600, 0)
    connection = world.connect()
    with connection, connection.cursor() as cr:
        assert ledger.post(cr, ledger.Capture("k4", "k4", 400, world.tills[0], world.places[0])).replayed
    connection.close()
