from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import mute_logger

from .common import WebTicketCase


class TestLate(WebTicketCase):
    """A payment that arrives when the seats are gone."""

    def setUp(self):
        super().setUp()
        self.limit(2)
        self.order = self.buy(self.concert, {self.full: 2})
        self.env.cr.execute(
            "UPDATE tibillet_seat_hold SET expires_at = %s", [fields.Datetime.now() - timedelta(minutes=1)]
        )
        self.env["tibillet.seat.hold"]._cron_expire()

    def take_the_last(self):
        self.book(self.full)
        self.env.flush_all()

    def test_seats_still_free_are_sold(self):
        tx = self.pay(self.order)
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.concert.seats_taken, 2)
        self.assertFalse(tx.tibillet_state)
        self.assertCountsTrue()

    def test_seats_gone_give_the_money_back(self):
        self.take_the_last()
        with mute_logger("odoo.sql_db"):
            tx = self.pay(self.order)
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(set(self.order.order_line.registration_ids.mapped("state")), {"cancel"})
        self.assertEqual(tx.tibillet_state, "returning")
        self.assertTrue(tx.is_post_processed)
        self.assertEqual(self.concert.seats_taken, 1)
        self.assertCountsTrue()
        mails = self.env["mail.mail"].search([("res_id", "=", self.order.id), ("model", "=", "sale.order")])
        self.assertIn("your places were gone", mails.subject)
        self.assertIn("24.00", mails.body_html)

    def test_the_money_is_sent_back_once(self):
        self.take_the_last()
        with mute_logger("odoo.sql_db"):
            tx = self.pay(self.order)
        self.let_refund()
        sent = []
        self.answer = lambda refund: (sent.append(refund.amount), self.hear(refund))
        tx._tibillet_send_back()
        tx._tibillet_send_back()
        self.assertEqual(sent, [-24])
        self.assertEqual(tx.tibillet_state, "returned")
        # Payment and refund are settled against each other: nothing is owed to the buyer.
        account = tx.payment_id.destination_account_id
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("partner_id", "=", self.order.partner_id.id),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(sum(lines.mapped("balance")), 0)
        self.assertTrue(all(lines.mapped("reconciled")))

    def test_the_buyer_reads_where_the_money_is(self):
        self.take_the_last()
        with mute_logger("odoo.sql_db"):
            self.pay(self.order)
        page = self.url_open("/shop/payment/validate").text
        self.assertIn("Your payment came too late", page)
        self.assertIn("on their way back to you", page)
        self.assertNotIn("Thank you for your order", page)

    def test_told_twice_nothing_happens_twice(self):
        self.take_the_last()
        with mute_logger("odoo.sql_db"):
            tx = self.pay(self.order)
            tx.is_post_processed = False
            tx._post_process()
        self.assertEqual(self.order.state, "cancel")
        mails = self.env["mail.mail"].search([("res_id", "=", self.order.id), ("model", "=", "sale.order")])
        self.assertEqual(len(mails), 1)

    def test_what_was_only_reserved_is_released(self):
        self.take_the_last()
        support = {"support_manual_capture": "full_only"}
        model = type(self.provider)
        self.startPatcher(
            patch.object(model, "_compute_feature_support_fields", lambda providers: providers.update(support))
        )
        self.env.invalidate_all()
        with mute_logger("odoo.sql_db"):
            tx = self.pay(self.order, "_set_authorized")
        self.assertEqual((self.order.state, tx.tibillet_state), ("cancel", False))
        self.assertEqual(tx.child_transaction_ids.amount, 24)
