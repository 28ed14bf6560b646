import uuid

from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger

from .common import TillCase


@tagged("post_install", "-at_install")
class TestCapture(TillCase):
    """An order is paid by card when, and only when, a tap of its own is captured for the same amount."""

    def _order_of(self, card, cents, amount=None, **payment_vals):
        """An order of `amount` (the cents that were tapped, by default) and the values of its payment."""
        order_uuid = str(uuid.uuid4())
        payment = {**self._nfc_payment(order_uuid, card, cents), **payment_vals}
        payment["amount"] = amount or payment["amount"]
        return self._order([self._beer_line(price=self._untaxed(payment["amount"]))], [payment], order_uuid)

    def assertOrderRefused(self, order, message):
        with self.assertRefusal(message):
            self._sync(order)

    def test_paid_order_is_captured(self):
        card = self._card(1000, gift=200)
        order = self._pay_by_card(card, 750)
        self.assertEqual(order.state, "paid")
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((450, 0), (0, 0)))
        payment = order.payment_ids
        hold = ledger.holds(self.env.cr, [payment.tibillet_hold])[payment.tibillet_hold]
        self.assertEqual((hold.state, hold.amount, payment.tibillet_card), ("captured", 750, card.number))
        self.assertEqual(payment._tibillet_captured(), {payment.id: 750})

    def test_order_synced_twice_is_captured_once(self):
        card = self._card(1000)
        order = self._order_of(card, 300)
        self._sync(order)
        with self.assertUnchanged():
            self._sync(order)
        self.assertEqual(self._held(card), (700, 0))

    def test_two_cards_and_cash(self):
        first, second = self._card(300), self._card(500)
        order_uuid = str(uuid.uuid4())
        payments = [
            self._nfc_payment(order_uuid, first, 300),
            self._nfc_payment(order_uuid, second, 500),
            self._payment(self.till, "cash", 2.0),
        ]
        order = self._sync(self._order([self._beer_line(price=self._untaxed(10))], payments, order_uuid))
        self.assertEqual(order.state, "paid")
        self.assertEqual((self._held(first), self._held(second)), ((0, 0), (0, 0)))

    def test_draft_order_debits_nothing(self):
        card = self._card(1000)
        order = self._order_of(card, 300)
        self._sync({**order, "state": "draft"})
        self.assertEqual(self._held(card), (1000, 300))

    def test_force_done_is_refused(self):
        order = self._order_of(self._card(1000), 300, tibillet_hold=False, tibillet_card=False)
        self.assertOrderRefused(
            order, "No card was tapped for the payment of .*3.00.*Delete its line, then tap the card"
        )

    def test_invented_hold_is_refused(self):
        order = self._order_of(self._card(1000), 300, tibillet_hold="pos.payment:invented")
        self.assertOrderRefused(order, "No card was tapped")

    def test_other_amount_is_refused(self):
        self.assertOrderRefused(
            self._order_of(self._card(1000), 300, amount=9.0),
            "tapped for .*3.00.*, not for .*9.00.*tap the card again",
        )

    def test_hold_of_another_payment_is_refused(self):
        card = self._card(1000)
        paid = self._order_of(card, 300)
        hold = paid["payment_ids"][0][2]["tibillet_hold"]
        self._sync(paid)
        self.assertOrderRefused(self._order_of(card, 300, tibillet_hold=hold), "No card was tapped")

    def test_hold_of_another_order_is_refused(self):
        order = self._order_of(self._card(1000), 300)
        self.assertOrderRefused({**order, "uuid": str(uuid.uuid4())}, "This card was tapped for another order")

    def test_other_card_number_is_refused(self):
        order = self._order_of(self._card(1000), 300, tibillet_card=self._card().number)
        self.assertOrderRefused(order, "This card was tapped for another order")

    def test_hold_of_another_till_is_refused(self):
        card = self._card(1000)
        other_session = self._open_session(self.bar._tibillet_open_till("Second till"))
        order_uuid = str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 300, other_session)
        order = self._order([self._beer_line(price=self._untaxed(3))], [payment], order_uuid)
        self.assertOrderRefused(order, "This card was tapped for another order")

    def test_hold_of_a_till_that_shares_its_orders_is_taken(self):
        card = self._card(1000)
        other_till = self.bar._tibillet_open_till("Second till")
        self.till.trusted_config_ids = other_till
        order_uuid = str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 300, self._open_session(other_till))
        self._sync(self._order([self._beer_line(price=self._untaxed(3))], [payment], order_uuid))
        self.assertEqual(self._held(card), (700, 0))

    def test_hold_of_another_company_is_refused(self):
        card = self._card(1000)
        self.federation.sudo()._share(self.bar_euro)
        hall_session = self._open_session(self.hall_till)
        order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        answer = self._authorise(card, 300, order_uuid, payment_uuid, hall_session, self.env.user)
        payment = self._payment(
            self.till, "terminal", 3.0, uuid=payment_uuid, tibillet_hold=answer["hold"], tibillet_card=card.number
        )
        order = self._order([self._beer_line(price=self._untaxed(3))], [payment], order_uuid)
        self.assertOrderRefused(order, "This card was tapped for another order")

    def test_cancelled_tap_is_refused(self):
        card = self._card(1000)
        order = self._order_of(card, 300)
        self.env["tibillet.till"].with_user(self.cashier)._release(
            self.pos_session.id,
            order["payment_ids"][0][2]["tibillet_hold"],
        )
        self.assertOrderRefused(order, "This card payment was cancelled")

    # --- what a forger would try by RPC ------------------------------------------------------------------------------

    def test_order_created_paid_is_born_open(self):
        order = self._order_of(self._card(1000), 300, tibillet_hold=False)
        created = self.env["pos.order"].with_user(self.cashier).create({**order, "name": "/"})
        self.assertEqual(created.state, "draft")

    def test_state_written_without_capture_is_refused(self):
        order = self._sync({**self._order_of(self._card(1000), 300), "state": "draft"})
        with self.assertRefusal("paid at its till"):
            order.with_user(self.cashier).write({"state": "paid"})

    def test_payment_of_a_paid_order_is_sealed(self):
        self._abroad()
        order = self._pay_by_card(self._card(1000), 300)
        payment = order.payment_ids.with_user(self.cashier)
        cash = self.till.payment_method_ids.filtered("is_cash_count")
        attacks = (
            {"amount": 1.0},
            {"payment_method_id": cash.id},
            {"uuid": "other"},
            {"tibillet_hold": False},
            {"tibillet_card": "AAAAAAAA"},
            {"tibillet_refunded": -300},
            {"pos_order_id": order.copy().id},
        )
        for vals in attacks:
            with self.subTest(vals=vals), self.assertRefusal("A card payment of a paid order cannot be changed"):
                payment.sudo().write(vals)
        with self.assertRefusal("Refund the order instead"):
            payment.sudo().unlink()

    def test_payment_added_to_a_paid_order_is_refused(self):
        order = self._pay_by_card(self._card(1000), 300)
        vals = self._payment(self.till, "terminal", 3.0, pos_order_id=order.id)
        with self.assertRefusal("No card was tapped"):
            self.env["pos.payment"].with_user(self.cashier).create(vals)

    def test_cash_payment_does_not_become_a_card_payment(self):
        self._abroad()
        payment = self._payment(self.till, "cash", 5.0)
        order = self._sync(self._order([self._beer_line(price=self._untaxed(5))], [payment]))
        nfc = self.till.payment_method_ids._tibillet_nfc()
        with self.assertRefusal("No card was tapped"):
            order.payment_ids.sudo().write({"payment_method_id": nfc.id})

    def test_refunded_counter_is_not_the_till_s_to_set(self):
        order = self._order_of(self._card(1000), 300, tibillet_refunded=-1000)
        self.assertEqual(self._sync(order).payment_ids.tibillet_refunded, 0)

    def test_paid_twice_by_rpc_captures_once(self):
        card = self._card(1000)
        order = self._pay_by_card(card, 300)
        with self.assertUnchanged():
            order.with_user(self.cashier).action_pos_order_paid()

    def test_unbalanced_order_captures_nothing(self):
        card = self._card(1000)
        order_uuid = str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 300)
        order = self._order([self._beer_line(price=self._untaxed(5))], [payment], order_uuid)
        self.assertOrderRefused(order, "not fully paid")

    def test_line_of_a_card_is_not_moved_to_a_paid_order(self):
        card = self._card(1000)
        paid = self._pay_by_card(card, 300)
        draft = self._sync({**self._order_of(card, 200), "state": "draft"})
        with self.assertRefusal("No card was tapped"):
            draft.payment_ids.sudo().write({"pos_order_id": paid.id})
