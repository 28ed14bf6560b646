"""`verify`: the ledger of any database, checked without starting Odoo."""

import importlib.util
import sys

import psycopg2

from . import paths, servers
from .postgres import DURABLE
from .steps import Stop, say, step

LEDGER = paths.ADDONS / "tibillet_base" / "ledger"


def verify(database: str) -> int:
    """Check the chains and sums of a database's ledger; print the first break.

    :return: 0 when the ledger holds, 1 when it is broken.
    :raise Stop: when the database cannot be opened or has no ledger.
    """
    with servers.running("main", DURABLE) as address:
        try:
            connection = address.connect(database)
        except psycopg2.OperationalError as error:
            raise Stop(f"The database {database} cannot be opened: {str(error).strip().splitlines()[-1]}") from None
        # One snapshot for the whole check, and nothing written.
        connection.autocommit = False
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('tibillet_ledger_posting')")
            if cursor.fetchone() == (None,):
                raise Stop(f"The database {database} has no TiBillet ledger: name one that has.")
            with step(f"Ledger of {database}"):
                report = _engine().verify(cursor)
        connection.close()
    if report.ok:
        say(f"The ledger of {database} holds: {report.checked} checked.")
        return 0
    say(f"The ledger of {database} is broken: {report.first_break}")
    return 1


def _engine():
    """Import the ledger by its path: the addon around it would need a running Odoo."""
    name = "tibillet_ledger"
    spec = importlib.util.spec_from_file_location(
        name, LEDGER / "__init__.py", submodule_search_locations=[str(LEDGER)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
