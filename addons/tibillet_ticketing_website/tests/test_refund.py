from datetime import timedelta

from odoo import Command, fields
from odoo.tools import mute_logger

from .common import WebTicketCase


class TestRefund(WebTicketCase):
    """Tickets are cancelled one by one and paid back."""

    def setUp(self):
        super().setUp()
        self.let_refund()
        self.sent = []
        self.answer = lambda refund: (self.sent.append(refund.amount), self.hear(refund))
        soon = fields.Datetime.now() + timedelta(days=3)
        self.concert.write({"tibillet_cancellable": True, "date_begin": soon, "date_end": soon + timedelta(hours=4)})
        self.order = self.buy(self.concert, {self.full: 2, self.reduced: 1})
        self.tx = self.pay(self.order)
        self.tickets = self.order.order_line.registration_ids.sorted("id")

    def send(self):
        for refund in self.tx.child_transaction_ids.filtered(lambda tx: tx.state == "draft"):
            refund._tibillet_send_refund()

    def open_balance(self):
        partner = self.order.partner_invoice_id
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", partner.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(lines.mapped("amount_residual")), 2)

    def test_one_ticket_goes_back_to_its_payment(self):
        given = self.tickets[0]._tibillet_cancel()
        self.assertEqual(given, 12)
        self.assertEqual(self.tickets[0].state, "cancel")
        self.assertEqual(self.order.amount_total, 20)
        self.assertEqual(self.concert.seats_taken, 2)
        self.send()
        self.assertEqual(self.sent, [-12])
        self.assertEqual(self.tx.child_transaction_ids.tibillet_state, "returned")
        self.assertEqual(self.open_balance(), -20, "what is left is an advance until it is invoiced")
        self.assertCountsTrue()

    def test_cancelled_twice_is_paid_back_once(self):
        self.tickets[0]._tibillet_cancel()
        self.assertEqual(self.tickets[0]._tibillet_cancel(), 0)
        self.assertEqual(len(self.tx.child_transaction_ids), 1)

    def test_all_go_back_and_nothing_is_owed(self):
        self.assertEqual(self.tickets._tibillet_cancel(), 32)
        self.send()
        self.assertEqual((self.sent, self.order.amount_total, self.open_balance()), ([-32], 0, 0))

    def test_an_invoice_is_credited(self):
        invoice = self.order._create_invoices()
        invoice.action_post()
        self.order._tibillet_settle()
        self.assertEqual(invoice.payment_state, "paid")
        self.tickets[2]._tibillet_cancel()
        self.send()
        credit = self.order.invoice_ids - invoice
        self.assertEqual((credit.move_type, credit.amount_total), ("out_refund", 8))
        self.assertEqual((credit.payment_state, self.open_balance()), ("paid", 0))

    def test_a_discount_is_shared(self):
        order = self.buy(self.concert, {self.full: 2})
        discount = self.env["product.product"].create({"name": "Friends", "type": "service", "taxes_id": False})
        order.write(
            {"order_line": [Command.create({"product_id": discount.id, "price_unit": -6, "product_uom_qty": 1})]}
        )
        self.pay(order)
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(order.amount_total, 18)
        self.assertEqual(order.order_line.registration_ids[0]._tibillet_cancel(), 9)
        self.assertEqual(order.amount_total, 9)
        self.assertEqual((order.invoice_ids - invoice).amount_total, 9)
        self.assertEqual(order.order_line.registration_ids[1]._tibillet_cancel(), 9)
        self.assertEqual(order.amount_total, 0)

    def test_to_the_wallet(self):
        given = self.tickets[0]._tibillet_cancel("wallet")
        self.assertEqual(given, 12)
        wallet = self.order._tibillet_holder().tibillet_wallet_ids
        self.assertEqual(self.held(wallet), 1200)
        self.assertEqual(self.open_balance(), -20)
        self.assertFalse(self.tx.child_transaction_ids)
        self.assertEqual(self.tickets[1]._tibillet_cancel(), 12)
        self.assertEqual(self.order._tibillet_paid(), 8, "what went to the wallet does not go back a second time")

    def test_bought_twice_without_an_account_one_wallet_is_filled_and_opens(self):
        self.as_somebody_else()
        again = self.buy(self.concert, {self.full: 1})
        self.pay(again)
        self.assertNotEqual(again.partner_id, self.order.partner_id)
        self.tickets[0]._tibillet_cancel("wallet")
        again.order_line.registration_ids._tibillet_cancel("wallet")
        user = self.env["res.users"].sudo().search([("login", "=", "anna@people.example")])
        self.assertEqual(self.held(user.partner_id.tibillet_wallet_ids), 2400)
        self.assertFalse((again.partner_id | self.order.partner_id).tibillet_wallet_ids)

    def test_to_the_wallet_of_the_holder_known_by_the_address(self):
        holder = self.env["res.partner"].create({"name": "Card", "email": "anna@people.example"})
        wallet = self.env["tibillet.wallet"]._for_partner(holder)
        self.tickets[0]._tibillet_cancel("wallet")
        self.assertEqual(self.held(wallet), 1200)

    def test_a_provider_that_cannot_leaves_it_to_a_person(self):
        self.answer = lambda refund: self.hear(refund, "_set_error", state_message="no")
        self.tickets[0]._tibillet_cancel()
        self.send()
        self.assertEqual(self.tx.child_transaction_ids.tibillet_state, "by_hand")
        self.assertIn("12", self.order.activity_ids.summary)

    def test_kept_money_stays(self):
        self.assertEqual(self.tickets[0]._tibillet_cancel("keep"), 0)
        self.assertEqual((self.order.amount_total, self.tickets[0].state), (32, "cancel"))
        self.assertFalse(self.tx.child_transaction_ids)

    def test_the_deadline_is_kept(self):
        ticket = self.tickets[0]
        self.assertIsNone(ticket._tibillet_why_not_cancel())
        self.concert.tibillet_cancel_hours = 24 * 4
        self.assertIn("time to cancel is over", ticket._tibillet_why_not_cancel())
        self.concert.tibillet_cancellable = False
        self.assertIn("not paid back", ticket._tibillet_why_not_cancel())

    def test_who_came_in_does_not_cancel(self):
        with mute_logger("odoo.addons.tibillet_ticketing"):
            self.tickets[0].action_set_done()
        self.assertIn("came in", self.tickets[0]._tibillet_why_not_cancel())

    def test_a_ticket_passed_on_is_another_ticket(self):
        ticket = self.tickets[0]
        token, code = ticket.tibillet_token, ticket.barcode
        holder, buyer = ticket._tibillet_word("ticket"), ticket._tibillet_word("booking")
        ticket._tibillet_rename("Bob", "bob@people.example")
        self.assertNotIn(token, ticket.tibillet_token)
        self.assertNotEqual(code, ticket.barcode)
        self.assertEqual(ticket._tibillet_of_word(holder), (ticket.browse(), False))
        self.assertEqual(ticket._tibillet_of_word(buyer), (self.tickets, True))
        self.assertEqual(ticket._tibillet_of_word(ticket._tibillet_word("ticket")), (ticket, False))
