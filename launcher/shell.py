"""`shell`: Odoo's Python prompt on a database of this checkout."""

import subprocess

from . import paths, servers
from .config import keyring
from .databases import Databases
from .odoo import Odoo
from .postgres import DURABLE
from .steps import Stop


def shell(database: str) -> int:
    """Open the prompt and return its exit code.

    :raise Stop: when there is no such database.
    """
    with servers.running("main", DURABLE) as address:
        odoo = Odoo(Databases(address, paths.STATE / "data"), keyring())
        if not odoo.databases.exists(database):
            raise Stop(f"There is no database {database}: ./tibillet up makes tibillet.")
        command = odoo.command("--database", database, "--no-http", "--log-level=warn", subcommand="shell")
        return subprocess.run(command, env=odoo.environment(), cwd=paths.ROOT, check=False).returncode
