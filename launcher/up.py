"""`up`: the demo network, served on this machine until Ctrl-C."""

import shutil

from . import build, paths, servers, system
from .config import keyring
from .databases import Databases
from .demo import LOGINS, TILLS, WEB
from .files import alone
from .odoo import Odoo, free_port
from .postgres import DURABLE
from .steps import Stop, say

DATABASE = "tibillet"
DRAFT = "tibillet_draft"
PORT = 8069


def up(port: int | None = None) -> int:
    """Make or update the demo database, serve it, and return when interrupted.

    :param port: HTTP port; 8069 or a free one if None.
    :raise Stop: when another `up` runs here, or a step fails.
    """
    with (
        alone(paths.STATE / "up.lock", "Another ./tibillet up runs in this folder: use it, or end it with Ctrl-C."),
        servers.running("main", DURABLE) as address,
    ):
        odoo = Odoo(Databases(address, paths.STATE / "data"), keyring())
        log = paths.log("up")
        ensure(odoo, log)
        return _serve(odoo, log, port)


def ensure(odoo: Odoo, log) -> None:
    """Make the demo database where it is missing; install and update what changed in `addons/`."""
    if odoo.databases.exists(DATABASE):
        build.update(odoo, DATABASE, log)
        return
    if odoo.keyring.exists():
        raise Stop(
            f"{odoo.keyring} belongs to a database that is not here: restore that database "
            "(docs/operations.md), or forget both with ./tibillet reset."
        )
    # The keyring is made with the database and only moves into place with it.
    draft = Odoo(odoo.databases, paths.STATE / "draft.keyring")
    draft.keyring.unlink(missing_ok=True)
    odoo.databases.drop(DRAFT)
    build.install_foundation(draft, DRAFT, log, demo=True)
    build.install_ours(draft, DRAFT, log, demo=True)
    if draft.keyring.exists():
        shutil.move(draft.keyring, odoo.keyring)
    odoo.databases.rename(DRAFT, DATABASE)


def _serve(odoo, log, port):
    wanted = port or PORT
    found = free_port(wanted)
    if found != wanted:
        say(f"[  note] Port {wanted} is taken by another program: {found} it is.")
    with odoo.serving(DATABASE, found, log) as (url, process):
        _greet(odoo, url, log)
        try:
            code = process.wait()
        except KeyboardInterrupt:
            say("\nOdoo and PostgreSQL end.")
            return 0
    raise Stop(f"Odoo ended by itself with code {code}; its log is {log}.")


def _greet(odoo, url, log):
    present = {login for (login,) in _rows(odoo, "SELECT login FROM res_users WHERE active")}
    say(f"\nTiBillet is served on {url}")
    say(f"  {'back office':<32} {url}/odoo")
    if _rows(odoo, WEB) == [(True,)]:
        say(f"  {'my wallet':<32} {url}/my/wallet")
    for till, place, path in _tills(odoo):
        say(f"  {f'till, {place}':<32} {url}{path}  ({till})")
    say(
        f"  {'database':<32} {' '.join(f'{key}={value}' for key, value in odoo.databases.address.environment().items())}"
    )
    say(f"  {'log':<32} {log}")
    say(f"  {'PDF by':<32} {_renderer()}")
    say(f"\n  {'login':<24} {'password':<24} who")
    for login, password, who in LOGINS:
        if login in present:
            say(f"  {login:<24} {password:<24} {who}")
    say("\nCtrl-C ends it.")


def _tills(odoo):
    tables = _rows(odoo, "SELECT to_regclass('pos_config') IS NOT NULL AND to_regclass('tibillet_place') IS NOT NULL")
    return _rows(odoo, TILLS) if tables == [(True,)] else []


def _rows(odoo, query):
    connection = odoo.databases.address.connect(DATABASE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()


def _renderer():
    for program in ("wkhtmltopdf", "chromium", "google-chrome", "chromium-browser"):
        if shutil.which(program):
            return program
    missing = "wkhtmltopdf" if system.offered("wkhtmltopdf") else "chromium"
    return f"nothing yet: sudo apt-get install --no-install-recommends {missing}"
