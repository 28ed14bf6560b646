from .common import RestaurantCase


class TestSplitBill(RestaurantCase):
    """A table that pays in parts, each with another card; and one bill with two cards."""

    asks_manager = True

    def test_part_of_a_table_each(self):
        amina, bruno = self._card(5000), self._card(5000)
        price = self._beer_line(1, 8.0)["price_subtotal_incl"]
        cents = round(price * 100)
        orders = []
        for card, name in ((amina, "7"), (bruno, "7B")):
            line = self._dish()
            draft = self._table_order(line, floating_order_name=name)
            payment = self._nfc_payment(draft.uuid, card, cents)
            values = self._order(
                [], [payment], draft.uuid, table_id=self.table_7.id, amount_total=price,
                amount_tax=draft.amount_tax, last_order_preparation_change=self._sent(line),
            )  # fmt: skip
            self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
            orders.append(draft)
        self.assertEqual([order.state for order in orders], ["paid", "paid"])
        self.assertEqual([order.payment_ids.tibillet_card for order in orders], [amina.number, bruno.number])
        self.assertEqual((self._held(amina), self._held(bruno)), ((5000 - cents, 0), (5000 - cents, 0)))
        self.assertEqual(len(self._tickets(self.kitchen)), 2)
