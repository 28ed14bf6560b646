"""A small network in a database that already has the addons: two places, two assets, some holders."""

import sys
from pathlib import Path

import psycopg2

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "tibillet_base"))
import ledger


class World:
    """Ids of what was seeded; ``connect`` opens a connection, READ COMMITTED as the till's own cursor is."""

    def __init__(self, dsn, holders=8, name="world"):
        self.dsn = dsn
        connection = self.connect()
        with connection, connection.cursor() as cr:
            self.places = [self._place(cr, f"{name}-{i}") for i in range(2)]
            self.tills = [self._wallet(cr, "place_id", place) for place in self.places]
            self.assets = [self._asset(cr, self.places[0], kind, f"{name}-{kind}") for kind in ("gift", "money")]
            cr.execute(
                """INSERT INTO tibillet_wallet (pseudonym) SELECT %s || '-' || i FROM generate_series(1, %s) i
                   RETURNING id""",
                [name, holders],
            )
            self.holders = [id_ for (id_,) in cr.fetchall()]
        connection.close()

    def connect(self, isolation="READ COMMITTED"):
        connection = psycopg2.connect(self.dsn)
        connection.set_isolation_level(isolation)
        return connection

    def _place(self, cr, slug):
        cr.execute(
            """INSERT INTO tibillet_place (name, slug, uuid, category, active)
               VALUES (%s, %s, gen_random_uuid()::varchar, 'venue', true) RETURNING id""",
            [slug, slug.replace("_", "-")],
        )
        return cr.fetchone()[0]

    def _wallet(self, cr, column, value):
        cr.execute(f"INSERT INTO tibillet_wallet ({column}) VALUES (%s) RETURNING id", [value])
        return cr.fetchone()[0]

    def _asset(self, cr, place, kind, code):
        cr.execute(
            """INSERT INTO tibillet_asset (name, code, kind, place_id, currency_id, decimal_places, sequence, active,
                                           voucher_kind)
               SELECT %s, %s, %s, %s, id, 2, 10, true, 'multi_purpose' FROM res_currency WHERE name = 'EUR' RETURNING id""",
            [code, code, kind, place],
        )
        return cr.fetchone()[0]

    def line(self, source, target, asset, amount):
        return (ledger.Line(source, asset, -amount), ledger.Line(target, asset, amount))

    def entry(self, key, kind, source, target, asset, amount):
        return ledger.Entry(key, kind, self.places[0], self.line(source, target, asset, amount))

    def sums(self, cr):
        """(assets whose wallets do not sum to zero, balances below their floor), both must be empty."""
        cr.execute("SELECT asset_id FROM tibillet_ledger_posting GROUP BY asset_id HAVING sum(amount) <> 0")
        unbalanced = cr.fetchall()
        cr.execute("SELECT id FROM tibillet_ledger_balance WHERE amount - held < -floor OR held < 0")
        return unbalanced, cr.fetchall()
