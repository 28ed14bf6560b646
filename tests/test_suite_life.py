"""What an administrator does to a database: updates it, neutralises a copy, uninstalls the suite."""

import pytest

from .kernel.world import World, ledger

UNINSTALL = """
from odoo.exceptions import UserError
module = env["ir.module.module"].search([("name", "=", "tibillet_base")])
try:
    module.button_immediate_uninstall()
    result = "gone"
except UserError as refused:
    result = str(refused)
"""


def left(database):
    """Names of the suite's tables and functions that stand in a database."""
    connection = database.connect()
    with connection.cursor() as cr:
        cr.execute(
            """SELECT tablename FROM pg_tables WHERE tablename LIKE 'tibillet%'
               UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'tibillet%'"""
        )
        names = [name for (name,) in cr.fetchall()]
    connection.close()
    return names


def sound(database):
    connection = database.connect()
    with connection.cursor() as cr:
        report = ledger.verify(cr)
    connection.close()
    assert report.ok, report.breaks
    return report.checked


@pytest.fixture
def used(database):
    """A database with a posting, a hold and an anchor in its ledger."""
    world = World(database.dsn)
    connection = world.connect()
    with connection, connection.cursor() as cr:
        ledger.post(cr, world.entry("life", "top_up", world.tills[0], world.holders[0], world.assets[1], 100))
        ledger.hold(cr, "life", world.holders[0], 40, world.assets, world.places[0], "till:1")
    with connection, connection.cursor() as cr:
        ledger.anchor(cr, "life")
    connection.close()
    return database


def test_an_unused_suite_leaves_nothing_behind(database):
    assert database.shell(UNINSTALL) == "gone"
    assert left(database) == []


def test_a_ledger_that_owes_money_is_not_uninstalled(used):
    assert "cannot be uninstalled" in used.shell(UNINSTALL)
    assert sound(used) == 2


def test_an_update_keeps_the_ledger(used, tmp_path):
    used.odoo.run("update", tmp_path / "log", "--database", used.name, "-u", "tibillet_base", "--stop-after-init")
    assert sound(used) == 2


def test_a_neutralised_copy_signs_nothing_and_its_ledger_holds(used, tmp_path):
    log = tmp_path / "log"
    process = used.odoo.spawn(used.odoo.command("--database", used.name, subcommand="neutralize"), log)
    assert used.odoo.wait(process) == 0, log.read_text()
    code = "from odoo.addons.tibillet_base import keyring\nresult = keyring.is_original(env)"
    assert used.shell(code) is False
    assert sound(used) == 2
