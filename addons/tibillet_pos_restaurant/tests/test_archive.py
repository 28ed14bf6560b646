from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time

from .common import RestaurantCase

# Eight in the morning in Paris, in summer.
MORNING = datetime(2026, 7, 4, 6, 0)


class TestArchive(RestaurantCase):
    """Orders without a table left unpaid are cancelled in the morning; nothing else is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bar.partner_id.tz = "Europe/Paris"

    def _left(self, at=MORNING - timedelta(hours=9), **vals):
        """A named order of the evening, sent to the kitchen."""
        order = self._table_order(self._dish(), floating_order_name="Amina", **{"table_id": False, **vals})
        self.env.flush_all()
        self.env.cr.execute("UPDATE pos_order SET write_date = %s WHERE id = %s", [at, order.id])
        self.env.invalidate_all()
        return order

    def _archive(self, at=MORNING):
        with freeze_time(at):
            return self.env["pos.order"]._tibillet_archive_unpaid()

    def test_left_in_the_evening(self):
        order = self._left()
        self.assertEqual(self._archive(), order)
        self.assertEqual((order.state, order.tibillet_archived_at), ("cancel", MORNING))
        self.assertEqual(self._shown(self.kitchen), [("Amina", [("Test dal", 0, True, True)])])
        self.assertFalse(self._archive())

    def test_by_the_venues_clock(self):
        order = self._left()
        self.assertFalse(self._archive(MORNING - timedelta(hours=1, minutes=1)))
        self.assertEqual(order.state, "draft")
        self.assertEqual(self._archive(MORNING - timedelta(hours=1)), order)

    def test_breakfast_stays(self):
        order = self._left(at=MORNING - timedelta(hours=2))
        self.assertFalse(self._archive())
        self.assertEqual(order.state, "draft")

    def test_a_table_stays(self):
        self._left(table_id=self.table_7.id)
        self.assertFalse(self._archive())

    def test_money_stays(self):
        order = self._left()
        order.write({"payment_ids": [fields.Command.create(self._payment(self.till, "cash", 1.0))]})
        self.env.flush_all()
        self.env.cr.execute("UPDATE pos_order SET write_date = %s", [MORNING - timedelta(hours=9)])
        self.assertFalse(self._archive())

    def test_an_open_hold_stays(self):
        order = self._left()
        answer = self._authorise(self._card(5000), 100)
        self.assertEqual(answer["status"], "held")
        self.assertFalse(self._archive())
        self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, answer["hold"])
        self.assertEqual(self._archive(), order)

    def test_a_shop_stays(self):
        order = self._left()
        self.env.cr.execute("UPDATE pos_config SET module_pos_restaurant = false WHERE id = %s", [self.till.id])
        self.env.invalidate_all()
        self.assertFalse(self._archive())
        self.assertEqual(order.state, "draft")
