"""The backup of docs/operations.md brings back a ledger that holds, under a keyring that knows its database."""

import shutil
import subprocess

import pytest

from launcher.postgres import programs

from .kernel.world import World, ledger
from .server import Database


def run(program, *arguments):
    done = subprocess.run([programs() / program, *arguments], check=False, capture_output=True, text=True)
    assert not done.returncode, done.stderr


@pytest.fixture
def restored(database, template, tmp_path):
    """The copy of a database with one top-up, restored from its dump, its files and its keyring."""
    world = World(database.dsn)
    with world.connect() as connection, connection.cursor() as cr:
        ledger.post(cr, world.entry("top", "top_up", world.tills[0], world.holders[0], world.assets[1], 100))
    connection.close()
    name = f"{database.name}_restored"
    run("pg_dump", "-Fc", "-d", database.name, "-f", tmp_path / "dump")
    odoo = template.odoo(name)
    run("createdb", name)
    run("psql", "-d", name, "-c", "CREATE EXTENSION unaccent", "-c", "ALTER FUNCTION unaccent(text) IMMUTABLE")
    run("pg_restore", "-d", name, "--no-owner", tmp_path / "dump")
    shutil.copytree(database.odoo.databases.filestore(database.name), odoo.databases.filestore(name))
    shutil.copy2(database.odoo.keyring, odoo.keyring)
    yield Database(odoo, name)
    template.drop(name)


def test_restored_ledger_holds(restored):
    with restored.connect() as connection, connection.cursor() as cr:
        report = ledger.verify(cr)
    connection.close()
    assert (report.ok, report.checked > 0) == (True, True)


def test_keyring_knows_the_restored_database(restored):
    assert restored.shell("from odoo.addons.tibillet_base import keyring; result = keyring.is_original(env)")


def test_keyring_does_not_know_a_copy_under_another_uuid(restored):
    code = "env['ir.config_parameter'].init(force=True)\nfrom odoo.addons.tibillet_base import keyring\n"
    assert restored.shell(f"{code}result = keyring.is_original(env)") is False
