from .common import RestaurantCase


class TestTables(RestaurantCase):
    """A table stands out on the floor plan until its order is served and paid."""

    def _tables(self, user=None):
        answer = self.env["tibillet.till"].with_user(user or self.cashier)._tables(self.pos_session.id)
        return [(entry["table"], entry["state"]) for entry in answer["tables"]]

    def _pay(self, order, line):
        values = self._order(
            [], [self._payment(self.till, "cash", line["price_subtotal_incl"])], order.uuid,
            table_id=self.table_7.id, amount_total=line["price_subtotal_incl"], amount_tax=order.amount_tax,
            last_order_preparation_change=self._sent(line),
        )  # fmt: skip
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        self.assertEqual(order.state, "paid")

    def test_until_served_and_paid(self):
        line = self._dish()
        order = self._table_order(line)
        ticket = self._tickets(self.kitchen)
        self.assertEqual(self._tables(), [(self.table_7.id, "to_prepare")])
        ticket._move("to_prepare", "ready")
        self.assertEqual(self._tables(), [(self.table_7.id, "ready")])
        ticket._move("ready", "served")
        self.assertEqual(self._tables(), [(self.table_7.id, "served")])
        self._pay(order, line)
        self.assertEqual(self._tables(), [])

    def test_paid_first(self):
        line = self._dish()
        order = self._table_order(line)
        self._pay(order, line)
        self.assertEqual(self._tables(), [(self.table_7.id, "to_prepare")])
        self._tickets(self.kitchen)._move("to_prepare", "ready")
        self._tickets(self.kitchen)._move("ready", "served")
        self.assertEqual(self._tables(), [])

    def test_what_waits_to_be_carried_first(self):
        self._table_order(self._dish(), self._beer_line())
        self._tickets(self.counter)._move("to_prepare", "ready")
        self.assertEqual(self._tables(), [(self.table_7.id, "ready")])

    def test_a_cancelled_order_is_nobodys(self):
        order = self._table_order(self._dish())
        order.action_pos_order_cancel()
        self.assertEqual(self._tables(), [])

    def test_the_tills_are_told(self):
        self._table_order(self._dish())
        self.env.cr.precommit.run()
        self.env["bus.bus"].sudo().search([]).unlink()
        self._tickets(self.kitchen)._move("to_prepare", "ready")
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].sudo().search([]).mapped("message")
        self.assertTrue(any("TIBILLET_TABLES" in message for message in told))

    def test_not_anothers_tables(self):
        self._table_order(self._dish())
        stranger = self._account_user("tables_stranger", self.hall, "tibillet_base.group_cashier")
        answer = self.env["tibillet.till"].with_user(stranger)._tables(self.pos_session.id)
        self.assertEqual(answer["status"], "refused")
