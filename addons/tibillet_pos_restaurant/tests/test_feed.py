from odoo import Command
from odoo.exceptions import UserError

from .common import RestaurantCase


class TestFeed(RestaurantCase):
    """What the till sends reaches the screens: once, in its group, and as it changes."""

    def test_each_group_has_its_lines(self):
        self._table_order(self._dish(2), self._beer_line())
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 2, False, False)])])
        self.assertEqual([lines[0][1] for _who, lines in self._shown(self.counter)], [1])

    def test_the_same_change_twice_is_once(self):
        line = self._dish(2)
        order = self._table_order(line)
        before = self._shown(self.kitchen)
        self._table_order(line, order_uuid=order.uuid)
        order._tibillet_prepare()
        self.assertEqual(self._shown(self.kitchen), before)
        self.assertEqual(len(self._tickets(self.kitchen)), 1)

    def test_what_is_not_sent_is_not_there(self):
        self._table_order(self._dish(), sent=[])
        self.assertFalse(self._tickets(self.kitchen))

    def test_more_of_a_line_is_a_change(self):
        line = self._dish(1)
        order = self._table_order(line)
        self._table_order({**line, "qty": 3}, order_uuid=order.uuid)
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 3, True, False)])])
        self.assertEqual(self._tickets(self.kitchen).line_ids.qty_seen, 1)

    def test_another_line_is_added_to_the_ticket(self):
        first, second = self._dish(1), self._dish(1)
        order = self._table_order(first)
        self._table_order(first, second, order_uuid=order.uuid)
        self.assertEqual(
            self._shown(self.kitchen), [("7", [("Test dal", 1, False, False), ("Test dal", 1, True, False)])]
        )

    def test_less_then_none_is_cancelled(self):
        line, other = self._dish(2), self._beer_line()
        order = self._table_order(line, other)
        self._table_order({**line, "qty": 1}, other, order_uuid=order.uuid)
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, True, False)])])
        self._table_order(other, order_uuid=order.uuid)
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 0, True, True)])])
        self.assertEqual(self._tickets(self.kitchen).line_ids.qty_seen, 2)

    def test_a_line_deleted_but_not_told_stays(self):
        line, other = self._dish(), self._beer_line()
        order = self._table_order(line, other)
        self._table_order(other, order_uuid=order.uuid, sent=[line, other])
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, False, False)])])

    def test_a_note_in_words(self):
        line = self._dish(note='[{"text": "no chilli", "colorIndex": 1}]', customer_note="birthday")
        order = self._table_order(line)
        self.assertEqual(self._tickets(self.kitchen).line_ids.note, "no chilli, birthday")
        self._table_order({**line, "note": "extra chilli"}, order_uuid=order.uuid)
        ticket_line = self._tickets(self.kitchen).line_ids
        self.assertEqual((ticket_line.note, ticket_line.is_changed), ("extra chilli, birthday", True))

    def test_after_ready_a_new_ticket(self):
        line = self._dish()
        order = self._table_order(line)
        self._tickets(self.kitchen)._move("to_prepare", "ready")
        self._table_order({**line, "qty": 2}, order_uuid=order.uuid)
        self.assertEqual(self._shown(self.kitchen, "ready"), [("7", [("Test dal", 1, False, False)])])
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, False, False)])])

    def test_a_course_waits_to_be_fired(self):
        line = self._dish()
        order = self._table_order(line, sent=[])
        course = self.env["restaurant.order.course"].create({"order_id": order.id, "index": 2})
        order.lines.course_id = course
        order.last_order_preparation_change = self._sent(line)
        order._tibillet_prepare()
        self.assertFalse(self._tickets(self.kitchen))
        course.fired = True
        order._tibillet_prepare()
        self.assertEqual(self._tickets(self.kitchen).course, 2)

    def test_a_cancelled_order_is_cancelled_here(self):
        order = self._table_order(self._dish())
        order.action_pos_order_cancel()
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 0, True, True)])])

    def test_a_direct_sale_once_paid(self):
        line = self._dish(2)
        draft = self._order([line], state="draft")
        self._sync(draft)
        self.assertFalse(self._tickets(self.kitchen))
        line = self._dish(2)
        order = self._sync(self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])]))
        self.assertEqual(order.state, "paid")
        ticket = self._tickets(self.kitchen)
        self.assertEqual((ticket.order_id, ticket.line_ids.qty), (order, 2))

    def test_a_refused_sale_never_reaches_the_kitchen(self):
        card = self._card(1000)
        line = self._dish()
        order = self._order([line])
        payment = self._nfc_payment(order["uuid"], card, 100)
        payment["amount"] = line["price_subtotal_incl"]
        order["payment_ids"] = [Command.create(payment)]
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._sync(order)
        self.assertFalse(self._tickets(self.kitchen))

    def test_paying_a_table_changes_nothing(self):
        line, unsent = self._dish(), self._dish()
        order = self._table_order(line, unsent, sent=[line])
        order._tibillet_prepare()
        payment = self._payment(self.till, "cash", order.amount_total)
        order.write({"payment_ids": [Command.create(payment)]})
        order.action_pos_order_paid()
        order._tibillet_prepare()
        self.assertEqual(self._shown(self.kitchen), [("7", [("Test dal", 1, False, False)])])

    def test_what_is_refunded_is_not_cooked(self):
        line = self._dish(2)
        order = self._sync(self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])]))
        back = self._dish(-1, refunded_orderline_id=order.lines.id)
        self._sync(self._order([back], [self._payment(self.till, "cash", back["price_subtotal_incl"])]))
        self.assertEqual([lines for _who, lines in self._shown(self.kitchen)], [[("Test dal", 1, True, False)]])

    def test_what_cannot_be_read_is_refused(self):
        for change in ('{"lines": {"a": {"uuid": "a", "quantity": "two"}}}', '{"lines": [1]}', "[]"):
            with self.subTest(change=change), self.assertRaisesRegex(UserError, "send it again"):
                order = self._order([self._dish()], state="draft", last_order_preparation_change=change)
                with self.env.cr.savepoint():
                    self._sync(order)
        self.assertFalse(self._tickets(self.kitchen))

    def test_a_till_without_screens_feeds_none(self):
        self.kitchen.config_ids = False
        self._table_order(self._dish())
        self.assertFalse(self._tickets(self.kitchen))
