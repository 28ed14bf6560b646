"""Which PostgreSQL a command uses: one that the user names, else a cluster of the checkout."""

import contextlib
import os

from .cluster import Cluster
from .config import names_server, option
from .postgres import Address


def named() -> Address | None:
    """Return the server that the environment or odoo.conf names, or None."""
    if not names_server():
        return None
    if os.environ.get("PGHOST"):
        return Address()
    return Address(option("db_host"), option("db_port"), option("db_user"), option("db_password"))


@contextlib.contextmanager
def running(name: str, settings: dict[str, str]):
    """Yield the address of a running server: the named one, else the checkout's cluster `name`."""
    if address := named():
        yield address
        return
    with Cluster(name, settings).running() as address:
        yield address
