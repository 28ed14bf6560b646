"""`./tibillet verify`: 0 while the ledger holds, 1 and the break once it was altered behind PostgreSQL's back."""

import subprocess
import sys

import pytest

from launcher import paths

from .kernel.world import World, ledger


def verify(database) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "launcher", "verify", database]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def used(database):
    """A database whose ledger has ten top-ups."""
    world = World(database.dsn)
    with world.connect() as connection, connection.cursor() as cr:
        for number in range(10):
            ledger.post(
                cr,
                world.entry(f"top:{number}", "top_up", world.tills[0], world.holders[0], world.assets[1], 100),
            )
    connection.close()
    return database


def test_ledger_that_holds(used):
    done = verify(used.name)
    assert (done.returncode, "holds" in done.stdout) == (0, True), done.stdout


def test_altered_posting_is_found(used):
    with used.connect() as connection, connection.cursor() as cursor:
        # What a thief with the superuser's rights does: no trigger fires.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE tibillet_ledger_posting SET amount = amount * 2 WHERE id % 7 = 0 OR seq = 3")
        assert cursor.rowcount
    connection.close()
    done = verify(used.name)
    assert (done.returncode, "is broken" in done.stdout) == (1, True), done.stdout


def test_database_without_a_ledger_is_told():
    done = verify("postgres")
    assert done.returncode == 1
    assert "has no TiBillet ledger" in done.stdout


def test_unknown_database_is_told():
    done = verify("tibillet_test_no_such")
    assert done.returncode == 1
    assert "cannot be opened" in done.stdout
