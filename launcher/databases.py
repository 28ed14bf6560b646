"""Databases of a server and the files Odoo keeps beside each: create, clone, rename, drop."""

import os
import shutil
from pathlib import Path

from psycopg2 import sql

from .postgres import Address


class Databases:
    """The databases of one server, with their file stores.

    :param address: the server.
    :param files: Odoo's data folder; each database has files/filestore/<name>.
    """

    def __init__(self, address: Address, files: Path):
        self.address = address
        self.files = files

    def exists(self, name: str) -> bool:
        """Say whether the database exists."""
        return bool(self._run("SELECT 1 FROM pg_database WHERE datname = %s", [name]))

    def names(self, prefix: str = "") -> list[str]:
        """Return the names of the databases that start with `prefix`."""
        rows = self._run("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix])
        return [name for (name,) in rows]

    def clone(self, source: str, target: str) -> None:
        """Replace `target` by a copy of `source`; the files are hard links, Odoo never rewrites one."""
        self.drop(target)
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))
        store = self.filestore(source)
        if store.exists():
            shutil.copytree(store, self.filestore(target), copy_function=os.link)

    def rename(self, source: str, target: str) -> None:
        """Rename a database and its files; nobody may be connected to it."""
        self._run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(source), sql.Identifier(target)))
        if self.filestore(source).exists():
            shutil.rmtree(self.filestore(target), ignore_errors=True)
            self.filestore(source).rename(self.filestore(target))

    def drop(self, name: str) -> None:
        """Drop a database and its files, if they exist, and whoever is connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def filestore(self, name: str) -> Path:
        """Return the folder of a database's files."""
        return self.files / "filestore" / name

    def parameter(self, name: str, key: str, value: str | None = None) -> str | None:
        """Return Odoo's system parameter `key` of a database, after storing `value` if given."""
        with self.address.connect(name) as connection, connection.cursor() as cursor:
            if value is not None:
                cursor.execute(
                    "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s) "
                    "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
                    [key, value],
                )
            cursor.execute("SELECT value FROM ir_config_parameter WHERE key = %s", [key])
            row = cursor.fetchone()
        connection.close()
        return row[0] if row else None

    def _run(self, query, values=None):
        connection = self.address.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()
