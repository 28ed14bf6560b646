from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import WebTicketCase


class TestNews(WebTicketCase):
    """The organiser cancels or moves an event in one act."""

    def setUp(self):
        super().setUp()
        self.let_refund()
        self.answer = lambda refund: self.hear(refund)
        self.order = self.buy(self.concert, {self.full: 2})
        self.pay(self.order)
        self.tickets = self.order.order_line.registration_ids
        self.guest = self.book(self.reduced, name="Guest", email="guest@people.example")
        self.as_somebody_else()
        self.cart = self.buy(self.concert, {self.reduced: 1}, name="Slow", email="slow@people.example")
        self.organiser = new_test_user(
            self.env, "t_organiser", "event.group_event_user", company_id=self.bar.id, company_ids=self.bar.ids
        )
        # The news come later than the tickets.
        self.env.flush_all()
        self.env.cr.execute("UPDATE event_registration SET create_date = create_date - interval '1 hour'")
        self.env.invalidate_all()
        self.env["mail.mail"].search([]).unlink()

    def decide(self, user=None, **vals):
        wizard = self.env["tibillet.event.news"].with_user(user or self.organiser)
        wizard.create({"event_id": self.concert.id, **vals}).action_apply()

    def run_job(self):
        """What the job does, without its commits."""
        for ticket in (
            self.concert.sudo().registration_ids.filtered(lambda one: one.state in ("draft", "open")).sorted("id")
        ):
            if ticket.exists() and ticket._tibillet_not_told():
                booking = ticket._tibillet_booking().filtered(lambda one: one._tibillet_not_told())
                booking._tibillet_hear_news()
        self.env.flush_all()

    def mails(self):
        return {mail.email_to.split("<")[1].rstrip(">"): mail for mail in self.env["mail.mail"].search([])}

    def test_cancelled_everybody_is_told_and_paid_back(self):
        self.decide(message="<p>The drummer is ill.</p>")
        self.assertFalse(self.concert.event_registrations_open)
        self.run_job()
        self.assertEqual(set(self.tickets.mapped("state")), {"cancel"})
        self.assertEqual(self.guest.state, "cancel")
        self.assertEqual(sum(self.order.transaction_ids.child_transaction_ids.mapped("amount")), -24)
        mails = self.mails()
        self.assertEqual(set(mails), {"anna@people.example", "guest@people.example"})
        self.assertIn("12.00", mails["anna@people.example"].body_html)
        self.assertIn("drummer", mails["anna@people.example"].body_html)
        self.assertIn("Cancelled: Concert", mails["guest@people.example"].subject)
        self.assertCountsTrue()

    def test_a_cart_loses_what_does_not_take_place(self):
        self.decide()
        self.run_job()
        self.assertFalse(self.cart.order_line)
        self.assertEqual(self.held_seats(), 0)

    def test_a_payment_under_way_comes_back(self):
        self.decide()
        with mute_logger("odoo.sql_db"):
            tx = self.pay(self.cart)
        self.assertEqual((tx.tibillet_state, self.cart.state), ("returning", "cancel"))

    def test_told_once(self):
        self.decide()
        self.run_job()
        self.env["mail.mail"].search([]).unlink()
        self.run_job()
        self.assertFalse(self.mails())
        self.assertEqual(len(self.order.transaction_ids.child_transaction_ids), 1)

    def test_the_money_may_stay(self):
        self.decide(to="keep")
        self.run_job()
        self.assertFalse(self.order.transaction_ids.child_transaction_ids)
        self.assertEqual(set(self.tickets.mapped("state")), {"cancel"})

    def test_to_the_wallets(self):
        self.decide(to="wallet")
        self.run_job()
        self.assertEqual(self.held(self.order._tibillet_holder().tibillet_wallet_ids), 2400)

    def test_a_wallet_that_may_not_take_it_leaves_it_to_the_payment(self):
        self.decide(to="wallet")
        with patch.object(type(self.order), "_tibillet_holder", lambda order: order.partner_id.browse()):
            self.run_job()
        self.assertEqual(set(self.tickets.mapped("state")), {"cancel"})
        self.assertEqual(sum(self.order.transaction_ids.child_transaction_ids.mapped("amount")), -24)
        self.assertIn("anna@people.example", self.mails())

    def test_moved_tickets_stay_good_and_may_come_back(self):
        begin = self.concert.date_begin + timedelta(days=7)
        until = fields.Datetime.now() + timedelta(days=2)
        token = self.tickets[0].tibillet_uuid
        self.decide(act="move", date_begin=begin, date_end=begin + timedelta(hours=4), free_until=until)
        self.run_job()
        self.assertEqual(self.concert.date_begin, begin)
        self.assertEqual(set(self.tickets.mapped("state")), {"open"})
        self.assertEqual(self.tickets[0].tibillet_uuid, token)
        self.assertIsNone(self.tickets[0]._tibillet_why_not_cancel())
        mails = self.mails()
        self.assertEqual(set(mails), {"anna@people.example", "guest@people.example"})
        self.assertIn("stay good", mails["anna@people.example"].body_html)
        self.assertIn("/booking/", mails["anna@people.example"].body_html)

    def test_who_bought_after_is_not_told(self):
        self.decide(
            act="move",
            date_begin=self.concert.date_begin + timedelta(days=1),
            date_end=self.concert.date_end + timedelta(days=1),
        )
        later = self.book(self.full, name="Later", email="later@people.example")
        later.flush_recordset()
        self.env.cr.execute(
            "UPDATE event_registration SET create_date = create_date + interval '1 hour' WHERE id = %s", [later.id]
        )
        later.invalidate_recordset()
        self.run_job()
        self.assertNotIn("later@people.example", self.mails())

    def test_who_may_not(self):
        desk = new_test_user(
            self.env, "t_desk", "event.group_event_registration_desk", company_id=self.bar.id, company_ids=self.bar.ids
        )
        with self.assertRaises(AccessError):
            self.decide(user=desk)
        self.decide()
        with self.assertRaisesRegex(UserError, "cancelled already"):
            self.decide()
