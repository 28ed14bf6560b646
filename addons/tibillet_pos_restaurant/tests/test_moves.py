from .common import RestaurantCase


class TestMoves(RestaurantCase):
    """A split bill, a joined or changed table: the cook has nothing more to do, and nothing is cooked twice."""

    def test_another_table(self):
        line = self._dish()
        order = self._table_order(line)
        self._table_order(line, order_uuid=order.uuid, table=self.table_9)
        self.assertEqual(self._shown(self.kitchen), [("9", [("Test dal", 1, False, False)])])

    def test_a_split_bill_stays_one_ticket(self):
        line, part = self._dish(3), self._dish(1)
        order = self._table_order(line)
        split = self._table_order(part, moved={part["uuid"]: {line["uuid"]: 1}}, table=self.table_9)
        self._table_order({**line, "qty": 2}, order_uuid=order.uuid)
        ticket = self._tickets(self.kitchen)
        self.assertEqual(len(ticket), 1)
        self.assertEqual(sorted(ticket.line_ids.mapped("qty")), [1, 2])
        self.assertFalse(any(ticket.line_ids.mapped("is_changed")))
        split._tibillet_prepare()
        self.assertEqual(sum(ticket.line_ids.mapped("qty")), 3)

    def test_split_in_one_sync(self):
        line, part = self._dish(1), self._dish(1)
        other = self._dish(1)
        order = self._table_order(line, other)
        first = self._order(
            [], order_uuid=order.uuid, state="draft", last_order_preparation_change=self._sent(other),
            table_id=self.table_7.id,
        )  # fmt: skip
        first["lines"] = [(3, order.lines.filtered(lambda kept: kept.uuid == line["uuid"]).id, 0)]
        second = self._order(
            [part], state="draft", floating_order_name="7B",
            last_order_preparation_change=self._sent(part, moved={part["uuid"]: {line["uuid"]: 1}}),
        )  # fmt: skip
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([first, second])
        self.assertEqual(
            self._shown(self.kitchen), [("7", [("Test dal", 1, False, False), ("Test dal", 1, False, False)])]
        )

    def test_tables_joined_by_the_till(self):
        """The till cancels the order that goes, then saves the one that stays."""
        gone, there = self._dish(2), self._dish(1)
        source = self._table_order(gone)
        joined = self._table_order(there, table=self.table_9)
        source.action_pos_order_cancel()
        came = self._dish(2)
        self._table_order(
            there, came, order_uuid=joined.uuid, table=self.table_9, moved={came["uuid"]: {gone["uuid"]: 2}}
        )
        self.assertEqual(
            self._shown(self.kitchen),
            [("9", [("Test dal", 2, False, False)]), ("9", [("Test dal", 1, False, False)])],
        )

    def test_more_after_a_split_takes_nothing_from_the_other(self):
        line, part = self._dish(3), self._dish(1)
        order = self._table_order(line)
        moved = {part["uuid"]: {line["uuid"]: 1}}
        split = self._table_order(part, moved=moved, table=self.table_9)
        self._table_order({**line, "qty": 2}, order_uuid=order.uuid)
        self._table_order({**part, "qty": 2}, order_uuid=split.uuid, moved=moved, table=self.table_9)
        lines = self._tickets(self.kitchen).line_ids
        self.assertEqual(sum(lines.filtered(lambda kept: kept.order_uuid == order.uuid).mapped("qty")), 2)
        self.assertEqual(sum(lines.filtered(lambda kept: kept.order_uuid == split.uuid).mapped("qty")), 2)
