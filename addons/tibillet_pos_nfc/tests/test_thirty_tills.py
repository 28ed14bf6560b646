from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestThirtyTills(TillCase):
    """What an order costs the customer who waits: no shared row, no picking, no reading of what no screen shows."""

    def _sell(self):
        line = self._beer_line()
        return self._sync(self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])]))

    def _sequences(self, till):
        return till.order_seq_id | till.order_backend_seq_id | till.order_line_seq_id | till.device_seq_id

    def test_a_till_numbers_without_a_row_to_lock(self):
        self.assertEqual(set(self._sequences(self.till).mapped("implementation")), {"standard"})

    def test_a_till_that_was_there_before_goes_on_from_its_number(self):
        till = self.bar._tibillet_open_till("Old till")
        till.order_seq_id.write({"implementation": "no_gap", "number_next": 41})
        session = self._open_session(till)
        self.assertEqual(till.order_seq_id.implementation, "standard")
        line = self._beer_line()
        order = self._sync(
            self._order([line], [self._payment(till, "cash", line["price_subtotal_incl"])], session=session),
            self.env.user,
        )
        self.assertEqual(order.sequence_number, 41)

    def test_the_tills_of_a_company_that_is_no_venue_stay_as_they_are(self):
        self.bar_place.active = False
        self.env.invalidate_all()
        self.till._create_sequences()
        self.assertEqual(set(self._sequences(self.till).mapped("implementation")), {"no_gap"})

    def test_a_prefix_is_kept(self):
        self.till.order_line_seq_id.prefix = "L/"
        self.assertTrue(self._sell().lines.name.startswith("L/"))

    def test_numbers_are_each_order_s_own(self):
        orders = self._sell() + self._sell()
        self.assertEqual(len(set(orders.mapped("sequence_number"))), 2)
        self.assertEqual(len(set(orders.lines.mapped("name"))), 2)

    def test_an_order_has_neither_follower_nor_message(self):
        order = self._sell()
        self.assertFalse(order.message_ids)
        self.assertFalse(order.message_follower_ids)

    def test_what_is_read_back_has_every_name_and_what_the_till_keeps(self):
        order = self._sell()
        read = order.with_user(self.cashier).read_pos_data([], self.till)["pos.order"][0]
        self.assertEqual(set(read), {*order.with_user(self.cashier).fields_get(attributes=())})
        for name in ("uuid", "state", "name", "pos_reference", "amount_total", "amount_paid", "tracking_number"):
            self.assertEqual(read[name], order[name], name)
        self.assertEqual(read["lines"], order.lines.ids)
        self.assertEqual(read["payment_ids"], order.payment_ids.ids)
        self.assertEqual((read["margin"], read["message_ids"]), (False, []))

    def test_stock_moves_once_at_the_closing(self):
        orders = self._sell() + self._sell() + self._sell()
        self.assertFalse(orders.picking_ids)
        self.pos_session.post_closing_cash_details(self.pos_session.cash_register_balance_end)
        self.assertEqual(self.pos_session.close_session_from_ui(), {"successful": True})
        self.assertEqual(len(self.pos_session.picking_ids), 1)
        self.assertEqual(self.pos_session.picking_ids.move_ids.mapped("quantity"), [3.0])

    def test_goods_that_come_back_move_the_other_way(self):
        sold = self._sell()
        line = self._beer_line(qty=-1, refunded_orderline_id=sold.lines.id)
        self._sync(self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])]))
        self.pos_session.post_closing_cash_details(self.pos_session.cash_register_balance_end)
        self.pos_session.close_session_from_ui()
        self.assertEqual(len(self.pos_session.picking_ids), 2)
