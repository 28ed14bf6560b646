from odoo.tests import tagged

from ..tables import TABLES, table, writers
from .common import DAY, ExportCase

MANY = 50_000


@tagged("post_install", "-at_install")
class TestManyOrders(ExportCase):
    """A festival's weekend: read in batches, with no query of its own for any order."""

    def test_fifty_thousand_orders_take_few_queries(self):
        order = self._sell(12)
        self.env.flush_all()
        # Copies made by PostgreSQL: 50,000 orders through the till would take an hour.
        self._multiply("pos_order", order.id, {"uuid": "gen_random_uuid()::varchar", "access_token": "NULL"})
        self._multiply(
            "pos_order_line", order.lines.id, {"uuid": "gen_random_uuid()::varchar", "order_id": "copied.id"}
        )
        self.env.cr.execute(
            """INSERT INTO account_tax_pos_order_line_rel (pos_order_line_id, account_tax_id)
               SELECT id, %s FROM pos_order_line WHERE id <> %s AND product_id = %s""",
            [self.tax.id, order.lines.id, self.beer.id],
        )
        sales = TABLES["sales"](self.bar, DAY, DAY)
        batches = -(-(MANY + 1) // table.BATCH)
        # Besides the batches: declaring and closing the cursor, one that finds nothing left, and the tax's rate.
        with self.assertQueryCount(batches + 10):
            content, rows = writers.to_csv(sales)
        self.assertEqual(rows, MANY + 1)
        self.assertEqual(content.count(b",20.00,"), 0)
        self.assertEqual(content.count(b",10.00,20,2.00,12.00,EUR,"), MANY + 1)

    def _multiply(self, table_name, id_, values):
        """MANY copies of a row, `values` (column: SQL) apart."""
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
            [table_name],
        )
        columns = [name for (name,) in self.env.cr.fetchall()]
        chosen = ", ".join(values.get(name, f"r.{name}") for name in columns)
        names = ", ".join(columns)
        source = {
            "pos_order": "generate_series(1, %(many)s) AS copied",
            "pos_order_line": "(SELECT id FROM pos_order ORDER BY id DESC LIMIT %(many)s) copied",
        }[table_name]
        self.env.cr.execute(
            f"INSERT INTO {table_name} ({names}) SELECT {chosen} FROM {table_name} r, {source} WHERE r.id = %(id)s",
            {"many": MANY, "id": id_},
        )
