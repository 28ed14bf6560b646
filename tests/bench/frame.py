"""What a bench is given. A bench is a file `tests/bench/<name>.py` with one function:

    def run(bench):
        database = bench.database()
        ...
        yield bench.row("ledger_post_hot", 812.0, "1/s", against=1100.0)

A row is printed as one JSON object: name, value, unit, against (the yardstick of the same run, or null), ratio (how many
times better than the yardstick: above 1 is better, for a rate as for a time), and whatever more the bench adds.
"""

import contextlib

from launcher.template import Template

from ..server import Database, Server
from .front import Front


class Bench:
    """Databases and servers of one bench, removed when it ends."""

    def __init__(self, name: str, template: Template):
        self.name = name
        self.template = template
        self._stack = contextlib.ExitStack()
        self._count = 0

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *error) -> None:
        self._stack.close()

    def database(self) -> Database:
        """Return a fresh clone of the template, on a durable PostgreSQL."""
        self._count += 1
        name = f"{self.template.prefix}_{self.name}_{self._count}"
        self._stack.callback(self.template.drop, name)
        return Database(self.template.clone(name), name)

    def stock(self) -> Database:
        """Return a database with what ours stands upon and nothing of ours: Odoo as it comes."""
        name = f"{self.template.prefix}_{self.name}_stock"
        self._stack.callback(self.template.drop, name)
        odoo = self.template.odoo(name)
        odoo.databases.clone(f"{self.template.prefix}_foundation", name)
        return Database(odoo, name)

    def threaded(self, database: Database) -> Server:
        """Return a threaded Odoo server, as `./tibillet up` runs it."""
        server = Server(database).start()
        self._stack.callback(server.stop)
        return server

    def workers(self, database: Database, count: int) -> Front:
        """Return nginx before a prefork Odoo of `count` workers, as a venue's server runs it."""
        front = Front(database, count)
        self._stack.callback(front.stop)
        return front.start()

    @staticmethod
    def row(name: str, value: float, unit: str, *, against: float | None = None, **more) -> dict:
        """Return a row; `against` is the yardstick's value in the same unit."""
        ratio = None
        if against:
            ratio = round(value / against if unit == "1/s" else against / value, 4)
        return {"name": name, "value": value, "unit": unit, "against": against, "ratio": ratio, **more}
