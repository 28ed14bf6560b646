"""`verify`: a database's ledger and closings, or a fiscal archive, checked without starting Odoo and without a secret."""

import importlib.util
import sys
from pathlib import Path

import psycopg2

from . import paths, servers
from .postgres import DURABLE
from .steps import Stop, say, step

LEDGER = paths.ADDONS / "tibillet_base" / "ledger" / "__init__.py"
PROOF = paths.ADDONS / "tibillet_pos_closing" / "proof" / "__init__.py"


def verify(database: str) -> int:
    """Check the chains and sums of a database's ledger, and its closings where a till has any; print the first break.

    :return: 0 when all holds, 1 when something is broken.
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
                ledger = _engine("tibillet_ledger", LEDGER).verify(cursor)
            closings = _closings(cursor, database)
        connection.close()
    broken = _said(f"The ledger of {database}", ledger)
    if closings:
        broken |= _said(f"The chain of closings of {database}", closings)
        _say_keys(closings)
    return int(broken)


def _say_keys(report):
    for key in report.keys:
        say(f"Signed with the key {key}: compare it with the one on your paper.")


def _closings(cursor, database):
    """The report of the closings; None in a database without tills that close."""
    cursor.execute("SELECT to_regclass('tibillet_closing')")
    if cursor.fetchone() == (None,):
        return None
    with step(f"Closings of {database}"):
        return _engine("tibillet_proof", PROOF).chain.verify(cursor)


def verify_archive(file: Path) -> int:
    """Check a fiscal archive with nothing but its file; print the first break.

    :return: 0 when all holds, 1 when something is broken.
    :raise Stop: when there is no such file.
    """
    if not file.is_file():
        raise Stop(f"There is no archive {file}.")
    with step(f"Archive {file.name}"):
        report = _engine("tibillet_proof", PROOF).archive.verify(file)
    broken = _said(f"The archive {file.name}", report)
    _say_keys(report)
    return int(broken)


def _said(what, report):
    """Say how a check ended; whether it found a break."""
    if report.ok:
        say(f"{what} holds: {report.checked} checked.")
    else:
        say(f"{what} is broken: {report.first_break}")
    return not report.ok


def _engine(name, path):
    """Import an engine by its path: the addon around it would need a running Odoo."""
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
