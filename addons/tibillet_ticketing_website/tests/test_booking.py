from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import WebTicketCase


class TestBooking(WebTicketCase):
    """The page that a ticket's mail leads to."""

    def setUp(self):
        super().setUp()
        self.let_refund()
        self.answer = lambda refund: self.hear(refund)
        soon = fields.Datetime.now() + timedelta(days=3)
        self.concert.write({"tibillet_cancellable": True, "date_begin": soon, "date_end": soon + timedelta(hours=4)})
        self.order = self.buy(self.concert, {self.full: 2})
        self.pay(self.order)
        self.first, self.second = self.order.order_line.registration_ids.sorted("id")
        self.address = f"/booking/{self.first.id}/{self.first._tibillet_word('booking')}"
        self.as_somebody_else()
        self.env.flush_all()

    def post(self, address, **form):
        page = self.url_open(self.address).text
        form["csrf_token"] = page.split('name="csrf_token" value="')[1].split('"')[0]
        response = self.url_open(address, data=form)
        self.env.invalidate_all()
        return response

    def test_the_buyer_sees_every_ticket_and_its_code(self):
        page = self.url_open(self.address)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.text.count("data:image/png;base64"), 2)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.text.count("Cancel this ticket"), 2)

    def test_whoever_has_one_ticket_sees_that_one_and_changes_nothing(self):
        address = f"/booking/{self.second.id}/{self.second._tibillet_word('ticket')}"
        page = self.url_open(address).text
        self.assertEqual(page.count("data:image/png;base64"), 1)
        self.assertNotIn("Cancel this ticket", page)
        for act in ("cancel", "rename"):
            response = self.post(f"{address}/{act}/{self.second.id}", name="Thief")
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.second.state, "open")

    def test_a_guessed_link_opens_nothing(self):
        for address in (
            f"/booking/{self.first.id}/{'0' * 64}",
            f"/booking/{self.second.id}/{self.first._tibillet_word('ticket')}",
        ):
            self.assertEqual(self.url_open(address).status_code, 404)
        other = self.book(self.reduced)
        response = self.post(f"{self.address}/cancel/{other.id}")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(other.state, "open")

    def test_cancelled_to_the_payment(self):
        page = self.url_open(f"{self.address}/cancel/{self.first.id}").text
        self.assertIn("12.00", page)
        said = self.post(f"{self.address}/cancel/{self.first.id}", to="payment").text
        self.assertIn("go back to where they came from", said)
        self.assertEqual((self.first.state, self.second.state), ("cancel", "open"))
        again = self.post(f"{self.address}/cancel/{self.first.id}", to="payment").text
        self.assertIn("This ticket is cancelled", again)
        self.assertEqual(len(self.order.transaction_ids.child_transaction_ids), 1)

    def test_cancelled_to_the_wallet(self):
        said = self.post(f"{self.address}/cancel/{self.first.id}", to="wallet").text
        self.assertIn("are on your wallet", said)
        self.assertEqual(self.held(self.order._tibillet_holder().tibillet_wallet_ids), 1200)

    def test_too_late_is_refused(self):
        self.concert.tibillet_cancel_hours = 100
        self.env.flush_all()
        self.assertNotIn("Cancel this ticket", self.url_open(self.address).text)
        said = self.post(f"{self.address}/cancel/{self.first.id}").text
        self.assertIn("time to cancel is over", said)
        self.assertEqual(self.first.state, "open")

    def test_passed_on_with_a_mail_of_its_own(self):
        said = self.post(f"{self.address}/rename/{self.second.id}", name="Bob", email="bob@people.example").text
        self.assertIn("Bob comes", said)
        mail = self.env["mail.mail"].search([("email_to", "ilike", "bob@people.example")])
        self.assertEqual(len(mail), 1)
        self.assertIn(self.second._tibillet_word("ticket"), mail.body_html)
        self.assertNotIn(self.second._tibillet_word("booking"), mail.body_html)
        self.assertEqual(sorted(mail.attachment_ids.mapped("name"))[-1], "Concert.ics")
        self.assertEqual(self.first._tibillet_of_mail(), self.first)

    def test_a_ticket_needs_a_name(self):
        said = self.post(f"{self.address}/rename/{self.second.id}", name="  ").text
        self.assertIn("a ticket has a name", said)

    def test_one_mail_for_each_address(self):
        (self.first | self.second).email = "anna@people.example"
        self.assertEqual((self.first | self.second)._tibillet_heads(), self.first)
        self.assertEqual(self.first._tibillet_of_mail(), self.first | self.second)
        self.second.email = "bob@people.example"
        self.assertEqual((self.first | self.second)._tibillet_heads(), self.first | self.second)

    def test_a_new_event_sends_our_mail(self):
        event = self.env["event.event"].create(
            {"name": "Ball", "date_begin": self.concert.date_begin, "date_end": self.concert.date_end}
        )
        after = event.event_mail_ids.filtered(lambda mail: mail.interval_type == "after_sub")
        self.assertEqual(after.template_ref, self.env.ref("tibillet_ticketing_website.mail_ticket"))

    def test_only_organisers_pay_back(self):
        desk = new_test_user(
            self.env,
            "t_desk",
            "event.group_event_registration_desk",
            company_id=self.bar.id,
            company_ids=self.bar.ids,
        )
        with self.assertRaises(AccessError):
            self.first.with_user(desk).action_tibillet_cancel()
        organiser = new_test_user(
            self.env, "t_organiser", "event.group_event_user", company_id=self.bar.id, company_ids=self.bar.ids
        )
        self.first.with_user(organiser).action_tibillet_cancel()
        self.assertEqual((self.first.state, self.first.tibillet_refund_to), ("cancel", "payment"))
