import uuid

from odoo.tests import tagged

from odoo.addons.tibillet_pos_nfc.models.pos_payment import give_back

from .common import TillCase


@tagged("post_install", "-at_install")
class TestRefund(TillCase):
    """Goods that come back credit the card that paid them, in what it paid with, once."""

    def _refund(self, order, cents, payment=None, hold=None, **vals):
        """An order that gives back `cents` of `order` to the card of `payment`."""
        payment = payment or order.payment_ids
        amount = cents / 100
        line = self._beer_line(qty=-1, price=self._untaxed(amount), refunded_orderline_id=order.lines.id)
        back = self._payment(
            self.till,
            "terminal",
            -amount,
            tibillet_hold=hold or payment.tibillet_hold,
            tibillet_card=payment.tibillet_card,
            **vals,
        )
        return self._order([line], [back], is_refund=True)

    def test_whole_refund(self):
        card = self._card(1000, gift=200)
        order = self._pay_by_card(card, 750)
        refund = self._sync(self._refund(order, 750))
        self.assertEqual((refund.state, refund.payment_ids.tibillet_card), ("paid", card.number))
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((1000, 0), (200, 0)))

    def test_last_debited_comes_back_first(self):
        self.assertEqual(give_back([(1, 200), (2, 550)], 0, 300), [(2, 300)])
        self.assertEqual(give_back([(1, 200), (2, 550)], 300, 300), [(2, 250), (1, 50)])
        self.assertEqual(give_back([(1, 200), (2, 550)], 600, 150), [(1, 150)])

    def test_in_two_parts_and_no_more(self):
        card = self._card(1000, gift=200)
        order = self._pay_by_card(card, 750)
        self._sync(self._refund(order, 300))
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((750, 0), (0, 0)))
        self._sync(self._refund(order, 450))
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((1000, 0), (200, 0)))
        third = self._refund(order, 100)
        with self.assertRefusal("This is more than what was paid with card"):
            self._sync(third)

    def test_more_than_was_paid(self):
        order = self._pay_by_card(self._card(1000), 300)
        refund = self._refund(order, 301)
        with self.assertRefusal("This is more than what was paid with card"):
            self._sync(refund)

    def test_synced_twice_is_credited_once(self):
        card = self._card(1000)
        refund = self._refund(self._pay_by_card(card, 300), 300)
        self._sync(refund)
        with self.assertUnchanged():
            self._sync(refund)
        self.assertEqual(self._held(card), (1000, 0))

    def test_card_linked_meanwhile_credits_its_person(self):
        card = self._card(1000)
        order = self._pay_by_card(card, 300)
        card._link(self.ann)
        self._sync(self._refund(order, 300))
        self.assertEqual(self._held(card), (1000, 0))

    def test_card_out_of_use(self):
        card = self._card(1000)
        order = self._pay_by_card(card, 300)
        card.sudo().write({"state": "blocked"})
        refund = self._refund(order, 300)
        with self.assertRefusal("This card is blocked. Call a manager. Give the money back in cash."):
            self._sync(refund)

    def test_card_of_someone_else_in_the_request_is_ignored(self):
        card, thief = self._card(1000), self._card()
        order = self._pay_by_card(card, 300)
        refund = self._refund(order, 300)
        refund["payment_ids"][0][2]["tibillet_card"] = thief.number
        paid = self._sync(refund)
        self.assertEqual((self._held(card), self._held(thief)), ((1000, 0), (0, 0)))
        self.assertEqual(paid.payment_ids.tibillet_card, card.number)

    def test_order_paid_in_cash_is_not_given_back_to_a_card(self):
        payment = self._payment(self.till, "cash", 3.0)
        order = self._sync(self._order([self._beer_line(price=self._untaxed(3))], [payment]))
        for hold in (False, "pos.payment:invented"):
            refund = self._refund(order, 300, hold=hold)
            with (
                self.subTest(hold=hold),
                self.assertRefusal("was not paid with this card. Give the money back in cash"),
            ):
                self._sync(refund)

    def test_payment_of_another_order(self):
        card = self._card(1000)
        paid, other = self._pay_by_card(card, 300), self._pay_by_card(card, 300)
        refund = self._refund(paid, 300, hold=other.payment_ids.tibillet_hold)
        with self.assertRefusal("was not paid with this card"):
            self._sync(refund)

    def test_negative_payment_of_a_plain_order(self):
        card = self._card(1000)
        hold = self._authorise(card, 300)["hold"]
        back = self._payment(self.till, "terminal", -3.0, tibillet_hold=hold, tibillet_card=card.number)
        order = self._order(
            [self._beer_line(price=self._untaxed(3)), self._beer_line(qty=-2, price=self._untaxed(3))],
            [back],
            str(uuid.uuid4()),
        )
        with self.assertRefusal("was not paid with this card"):
            self._sync(order)

    def test_lines_as_a_browser_sends_them(self):
        """A till stores the lines of an order that pays money out with their sign turned."""
        card = self._card(1000)
        refund = self._refund(self._pay_by_card(card, 300), 300)
        for _command, _id, line in refund["lines"]:
            line.update(price_subtotal=-line["price_subtotal"], price_subtotal_incl=-line["price_subtotal_incl"])
        self.assertEqual(self._sync(refund).tibillet_split_ids.mapped("amount"), [-3.0])
        self.assertEqual(self._held(card), (1000, 0))

    def _refund_in_cash(self, order, cents):
        line = self._beer_line(qty=-1, price=self._untaxed(cents / 100), refunded_orderline_id=order.lines.id)
        return self._order([line], [self._payment(self.till, "cash", -cents / 100)], is_refund=True)

    def test_gift_credit_is_not_paid_out(self):
        order = self._pay_by_card(self._card(1000, gift=200), 750)
        refund = self._refund_in_cash(order, 551)
        with self.assertRefusal("was paid with gift credit, which is never paid out"):
            self._sync(refund)
        self.assertEqual(self._sync(self._refund_in_cash(order, 550)).state, "paid")

    def test_gift_credit_is_not_paid_out_bit_by_bit(self):
        card = self._card(1000, gift=200)
        order = self._pay_by_card(card, 750)
        self._sync(self._refund_in_cash(order, 300))
        refund = self._refund_in_cash(order, 300)
        with self.assertRefusal("never paid out"):
            self._sync(refund)
        self._sync(self._refund(order, 450))
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((700, 0), (200, 0)))

    def test_what_gift_credit_did_not_pay_is_paid_out(self):
        order = self._pay_by_card(self._card(1000), 750)
        self.assertEqual(self._sync(self._refund_in_cash(order, 750)).state, "paid")
