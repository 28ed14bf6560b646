import uuid

from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestClosingEntries(TillCase):
    """A session's closing puts in the books what design says, and leaves nothing to reconcile by hand."""

    def _close(self, session=None):
        session = session or self.pos_session
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        receivable = session.company_id.account_default_pos_receivable_account_id
        lines = session._get_related_account_moves().line_ids.filtered(lambda line: line.account_id == receivable)
        self.assertTrue(lines)
        self.assertEqual(sum(lines.mapped("balance")), 0.0)
        self.assertTrue(all(lines.mapped("reconciled")), lines.filtered(lambda line: not line.reconciled))
        return session

    def _wallet_move(self, session):
        booking = self.env["tibillet.booking"].search(
            [
                ("origin", "=", f"pos.session:{session.id}"),
                ("company_id", "=", session.company_id.id),
            ]
        )
        return booking.move_ids.filtered(lambda move: move.journal_id == session.company_id.tibillet_wallet_journal_id)

    def _balance(self, move, account, partner=None):
        lines = move.line_ids.filtered(
            lambda line: line.account_id == account and (not partner or line.partner_id == partner)
        )
        return sum(lines.mapped("balance"))

    def _total(self, move, prefix):
        return sum(line.balance for line in move.line_ids if line.account_id.code.startswith(prefix))

    def _receivable_of(self, company):
        return company.account_default_pos_receivable_account_id

    def _sell_top_up(self, card, amount, session=None, product=None):
        session = session or self.pos_session
        line = self._top_up_line(card, amount, product=product)
        payment = self._payment(session.config_id, "cash", amount)
        return self._sync(self._order([line], [payment], session=session), self._user_of(session))

    def test_the_root_of_the_ledger_leaves_with_the_closing(self):
        self.env["ir.config_parameter"].set_param("tibillet_base.anchor_email", "keeper@example.org")
        self._pay_by_card(self._card(1000), 300)
        session = self._close()
        self.env.cr.execute("SELECT encode(root, 'hex'), label FROM tibillet_ledger_anchor ORDER BY id DESC LIMIT 1")
        root, label = self.env.cr.fetchone()
        self.assertEqual(label, session.name)
        self.assertIn(root, session.message_ids[0].body)
        self.assertIn(root, self.env["mail.mail"].search([("email_to", "=", "keeper@example.org")], limit=1).body_html)

    def test_top_up(self):
        self._sell_top_up(self._card(), 20.0)
        session = self._close()
        self.assertFalse(self._wallet_move(session))
        self.assertEqual(self._balance(session.move_id, self.bar_euro.account_id), -20.0)
        self.assertEqual(self._balance(session.move_id, self._receivable_of(self.bar)), 20.0)
        self.assertEqual(len(session.move_id.line_ids), 2)
        self.assertControlZero(self.bar_euro)

    def test_spend(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        self._pay_by_card(card, 600)
        session = self._close()
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_euro.account_id.code, None, 6.0),
                (self._receivable_of(self.bar).code, None, -6.0),
            ],
        )
        self.assertEqual((self._total(session.move_id, "70"), self._total(session.move_id, "4457")), (-5.0, -1.0))
        self.assertControlZero(self.bar_euro)

    def test_spend_with_complement(self):
        card = self._card()
        self._sell_top_up(card, 3.0)
        order_uuid = str(uuid.uuid4())
        payments = [self._nfc_payment(order_uuid, card, 300), self._payment(self.till, "cash", 3.0)]
        self._sync(self._order([self._beer_line(price=self._untaxed(6))], payments, order_uuid))
        session = self._close()
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_euro.account_id.code, None, 3.0),
                (self._receivable_of(self.bar).code, None, -3.0),
            ],
        )
        self.assertControlZero(self.bar_euro)

    def test_gift_is_charged_to_its_account(self):
        card = self._card()
        self._sell_top_up(card, 10.0)
        self._credit(card, self.bar_gift, 200)
        self._pay_by_card(card, 600)
        session = self._close()
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_gift.account_id.code, None, 2.0),
                (self.bar_euro.account_id.code, None, 4.0),
                (self._receivable_of(self.bar).code, None, -6.0),
            ],
        )
        self.assertControlZero(self.bar_euro)

    def test_refund(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600)
        self._pay_by_card(card, 600)
        line = self._beer_line(qty=-1, price=self._untaxed(6), refunded_orderline_id=order.lines.id)
        back = self._payment(self.till, "terminal", -6.0, tibillet_hold=order.payment_ids.tibillet_hold)
        self._sync(self._order([line], [back], is_refund=True))
        session = self._close()
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_euro.account_id.code, None, 6.0),
                (self._receivable_of(self.bar).code, None, -6.0),
            ],
        )
        self.assertEqual(self._held(card), (1400, 0))
        self.assertControlZero(self.bar_euro)

    def test_refund_alone(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600)
        self._close()
        session = type(self)._open_session(self.till)
        line = self._beer_line(qty=-1, price=self._untaxed(6), refunded_orderline_id=order.lines.id)
        back = self._payment(self.till, "terminal", -6.0, tibillet_hold=order.payment_ids.tibillet_hold)
        self._sync(self._order([line], [back], session=session, is_refund=True))
        self._close(session)
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_euro.account_id.code, None, -6.0),
                (self._receivable_of(self.bar).code, None, 6.0),
            ],
        )
        self.assertControlZero(self.bar_euro)

    def test_refunded_in_full_books_nothing(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600)
        line = self._beer_line(qty=-1, price=self._untaxed(6), refunded_orderline_id=order.lines.id)
        back = self._payment(self.till, "terminal", -6.0, tibillet_hold=order.payment_ids.tibillet_hold)
        self._sync(self._order([line], [back], is_refund=True))
        self.assertFalse(self._wallet_move(self._close()))
        self.assertControlZero(self.bar_euro)

    def test_undone_top_up(self):
        card = self._card()
        order = self._sell_top_up(card, 20.0)
        line = self._top_up_line(
            None, 20.0, qty=-1, refunded_orderline_id=order.lines.id, price_subtotal=-20.0, price_subtotal_incl=-20.0
        )
        self._sync(self._order([line], [self._payment(self.till, "cash", -20.0)], is_refund=True))
        self._sell_top_up(card, 5.0)
        session = self._close()
        self.assertEqual(self._balance(session.move_id, self.bar_euro.account_id), -5.0)
        self.assertControlZero(self.bar_euro)

    def test_card_of_another_venue(self):
        """Spent, filled and refunded at the hall: the hall owes the bar by 467, the bar's mirror answers it."""
        card = self._card()
        self._sell_top_up(card, 20.0)
        self._close()
        self.federation.sudo()._share(self.bar_euro)
        session = type(self)._open_session(self.hall_till)
        foreign = self.bar_euro._topup_product(self.hall)
        self._sell_top_up(card, 10.0, session, foreign)
        self._pay_at_hall(card, 600, session)
        self._close(session)
        settlement = self.hall.tibillet_settlement_account_id
        self.assertLines(
            self._wallet_move(session),
            [
                (settlement.with_company(self.hall).code, self.bar.partner_id, 6.0),
                (self._receivable_of(self.hall).with_company(self.hall).code, None, -6.0),
            ],
        )
        self.assertEqual(self._balance(session.move_id, settlement, self.bar.partner_id), -10.0)
        self.assertEqual(self._control(self.bar_euro).in_mirrors, 4.0)
        self.assertControlZero(self.bar_euro)
        self._run_mirrors()
        mirror = (
            self.env["tibillet.booking"]
            .sudo()
            .search(
                [
                    ("origin", "=", f"pos.session:{session.id}"),
                    ("company_id", "=", self.bar.id),
                ]
            )
        )
        self.assertLines(
            mirror.move_ids,
            [
                (self.bar_euro.account_id.code, None, -4.0),
                (self.bar.tibillet_settlement_account_id.code, self.hall.partner_id, 4.0),
            ],
        )
        self.assertControlZero(self.bar_euro)

    def _pay_at_hall(self, card, cents, session):
        order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        answer = self._authorise(card, cents, order_uuid, payment_uuid, session, self.env.user)
        payment = self._payment(
            session.config_id,
            "terminal",
            cents / 100,
            uuid=payment_uuid,
            tibillet_hold=answer["hold"],
            tibillet_card=card.number,
        )
        product = self.env["product.product"].create({"name": "Hall tea", "available_in_pos": True, "taxes_id": False})
        line = self._top_up_line(None, cents / 100, product=product)
        self._sync(self._order([line], [payment], order_uuid, session), self.env.user)

    def test_invoiced_order(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600, to_invoice=True, partner_id=self.ann.id)
        self.assertEqual(order.account_move.payment_state, "paid")
        session = self._close()
        self.assertLines(
            self._wallet_move(session),
            [
                (self.bar_euro.account_id.code, None, 6.0),
                (self._receivable_of(self.bar).code, None, -6.0),
            ],
        )
        self.assertControlZero(self.bar_euro)

    def test_order_invoiced_after_the_closing(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600)
        session = self._close()
        order.partner_id = self.ann
        order.with_context(generate_pdf=False).action_pos_order_invoice()
        self.assertEqual(order.account_move.payment_state, "paid")
        self.assertEqual(len(self._wallet_move(session)), 1)
        self.assertControlZero(self.bar_euro)

    def test_nothing_to_count(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        self._pay_by_card(card, 600)
        nfc = self.till.payment_method_ids._tibillet_nfc()
        data = self.pos_session.get_closing_control_data()
        [shown] = [method for method in data["non_cash_payment_methods"] if method["id"] == nfc.id]
        self.assertEqual((shown["type"], shown["amount"]), ("tibillet_nfc", 6.0))
        answer = self.pos_session.close_session_from_ui([(nfc.id, -1.0)])
        self.assertFalse(answer["successful"])
        self.assertIn("is counted by the ledger", answer["message"])

    def test_uncaptured_payment_stops_the_closing(self):
        card = self._card()
        self._sell_top_up(card, 20.0)
        order = self._pay_by_card(card, 600)
        self.env.flush_all()
        self.env.cr.execute("UPDATE pos_payment SET amount = 7 WHERE id = %s", [order.payment_ids.id])
        order.payment_ids.invalidate_recordset()
        with self.assertRefusal("No card was tapped for the payment of .*7.00"):
            self.pos_session.action_pos_session_closing_control()
