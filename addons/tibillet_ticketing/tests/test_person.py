import psycopg2

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import TicketCase


class TestPerson(TicketCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.concert.tibillet_limit_per_person = 2

    def refused(self, act, said="2 tickets per person"):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(ValidationError, said), self.env.cr.savepoint():
            act()

    def test_one_address(self):
        self.book(email="ann@people.example")
        self.book(self.reduced, email=" Ann <ANN@people.example>")
        self.refused(lambda: self.book(email="ann@people.example"), "ann@people.example would have 3")
        self.assertTrue(self.book(email="ben@people.example"))
        self.assertTrue(self.book(self.elsewhere.event_ticket_ids[0], email="ann@people.example"))

    def test_one_contact_for_several_people(self):
        for number in range(2):
            self.book(partner_id=self.anna.id, email=f"friend{number}@people.example")
        self.refused(lambda: self.book(partner_id=self.anna.id, email="friend3@people.example"))

    def test_three_at_once(self):
        values = {"event_id": self.concert.id, "event_ticket_id": self.full.id, "email": "ann@people.example"}
        self.refused(lambda: self.env["event.registration"].create([values] * 3))
        self.assertFalse(self.concert.registration_ids)

    def test_nobody_known_is_nobody(self):
        public = self.env.ref("base.public_partner")
        for number in range(3):
            self.book(name="At the till", partner_id=False, email=False)
            self.book(name="On the web", partner_id=public.id, email=f"guest{number}@people.example")
        self.assertEqual(len(self.concert.registration_ids), 6)

    def test_who_cancels_may_book_again(self):
        first = self.book(email="ann@people.example")
        self.book(email="ann@people.example")
        first.action_cancel()
        self.assertTrue(self.book(email="ann@people.example"))
        self.refused(first.action_confirm)

    def test_a_cart_counts_while_it_is_paid(self):
        carts = self.book(email="ann@people.example", state="draft") | self.book(
            email="ann@people.example", state="draft"
        )
        self.refused(lambda: self.book(email="ann@people.example", state="draft"))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE event_registration SET create_date = create_date - interval '16 minutes' WHERE id = ANY(%s)",
            [carts.ids],
        )
        self.assertTrue(self.book(email="ann@people.example", state="draft"), "a cart that was left does not count")
        carts[0].action_confirm()
        self.refused(carts[1].action_confirm)

    def test_another_address_is_looked_at_too(self):
        self.book(email="ann@people.example")
        self.book(email="ann@people.example")
        other = self.book(email="ben@people.example")
        self.refused(lambda: other.write({"email": "ann@people.example"}))

    def test_an_administrator_may_add_by_hand(self):
        registrations = self.env["event.registration"]
        values = {"event_id": self.concert.id, "event_ticket_id": self.full.id, "email": "school@people.example"}
        registrations.with_user(self.manager).create([values] * 5)
        self.refused(lambda: registrations.with_user(self.cashier).create(values))
        self.refused(lambda: registrations.with_user(self.manager).sudo().create(values))
        forged = registrations.with_user(self.cashier).with_context(tibillet_by_hand=True)
        self.refused(lambda: forged.create(values))

    def test_no_limit_and_no_less(self):
        self.concert.tibillet_limit_per_person = 0
        for _number in range(5):
            self.book(email="ann@people.example")
        check = psycopg2.errors.CheckViolation
        with mute_logger("odoo.sql_db"), self.assertRaises(check), self.env.cr.savepoint():
            self.concert.tibillet_limit_per_person = -1
            self.env.flush_all()
