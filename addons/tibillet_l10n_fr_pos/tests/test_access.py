from odoo.exceptions import AccessError, UserError

from .common import ChainCase


class TestAccess(ChainCase):
    """Who reads what was entered; nobody writes it."""

    def setUp(self):
        super().setUp()
        self.order = self._sell()
        self.entries = self.env["tibillet.fiscal.entry"]

    def test_a_cashier_reads_none(self):
        with self.assertRaises(AccessError):
            self.entries.with_user(self.cashier).search_count([])

    def test_a_manager_reads_those_of_the_own_venue(self):
        for company, seen in ((self.bar, 1), (self.hall, 0)):
            manager = self._account_user(f"chain_{company.id}", company, "point_of_sale.group_pos_manager")
            found = self.entries.with_user(manager).search_count([("order_id", "=", self.order.id)])
            self.assertEqual(found, seen)

    def test_not_even_the_superuser_writes(self):
        entry = self.entries.search([("order_id", "=", self.order.id)])
        for do in (lambda: entry.write({"digest": "f"}), entry.unlink, lambda: entry.create({"digest": "f"})):
            with self.assertRaises(UserError):
                do()
