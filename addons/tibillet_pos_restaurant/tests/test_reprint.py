from unittest.mock import patch

from odoo import Command

from .common import RestaurantCase


class TestReprint(RestaurantCase):
    """A ticket is printed once more, by one till, where a preparation printer has its products."""

    def setUp(self):
        super().setUp()
        printer = self.env["pos.printer"].create(
            {
                "name": "Kitchen printer",
                "printer_type": "epson_epos",
                "epson_printer_ip": "192.0.2.7",
                "product_categories_ids": [Command.set(self.food.ids)],
            }
        )
        self.till.write({"is_order_printer": True, "printer_ids": [Command.set(printer.ids)]})
        self._table_order(self._dish(2), self._beer_line())
        self.ticket = self._tickets(self.kitchen)

    def _asked(self, ticket):
        """What the tills are told, by the way of the bus."""
        told = []
        with patch.object(type(self.till), "_notify", lambda till, name, message: told.append((till, name, message))):
            ticket._reprint()
        return told

    def _take(self, turn, user=None, session=None, ticket=None):
        till = self.env["tibillet.till"].with_user(user or self.cashier)
        return till._reprint((session or self.pos_session).id, (ticket or self.ticket).id, turn)

    def test_one_till_prints(self):
        [(till, name, message)] = self._asked(self.ticket)
        self.assertEqual((till, name, message["turn"]), (self.till, "TIBILLET_REPRINT", 1))
        lines = self._take(message["turn"])["lines"]
        self.assertEqual([(line["name"], line["qty"]) for line in lines], [("Test dal", 2)])
        self.assertEqual(self._take(message["turn"])["lines"], [])
        self.assertEqual(len(self._asked(self.ticket)), 1)
        self.assertEqual(len(self._take(2)["lines"]), 1)

    def test_no_printer_for_it(self):
        self.assertFalse(self._asked(self._tickets(self.counter)))
        self.till.is_order_printer = False
        self.assertFalse(self._asked(self.ticket))

    def test_a_printer_of_the_category_above(self):
        self.dal.pos_categ_ids = self.env["pos.category"].create({"name": "Curries", "parent_id": self.food.id})
        self.assertEqual(len(self._asked(self.ticket)), 1)

    def test_who_must_not(self):
        self._asked(self.ticket)
        stranger = self._account_user("reprint_stranger", self.hall, "tibillet_base.group_cashier")
        session = self._open_session(self.hall_till)
        self.assertEqual(self._take(1, stranger, session)["lines"], [])
        self.assertEqual(self._take(1, stranger)["status"], "refused")
        for turn in (0, -1, 2, None, "1"):
            self.assertEqual(self._take(turn)["lines"], [])
        self.assertEqual(len(self._take(1)["lines"]), 1)
