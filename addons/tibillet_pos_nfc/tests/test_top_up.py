import uuid

from odoo import Command
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestTopUp(TillCase):
    """What is paid for a top-up is on its card, once; nothing else is."""

    def _sell(self, card, amount, kind="cash", **vals):
        """A top-up of `amount` euros, paid at once."""
        line = self._top_up_line(card, amount, **vals)
        return self._order([line], [self._payment(self.till, kind, line["price_subtotal_incl"])])

    def test_cash_and_bank_card(self):
        card = self._card(500)
        self.assertEqual(self._sync(self._sell(card, 20.0)).state, "paid")
        self._sync(self._sell(card, 10.5, "bank"))
        self.assertEqual(self._held(card), (3550, 0))

    def test_synced_twice_is_credited_once(self):
        card = self._card()
        order = self._sell(card, 20.0)
        self._sync(order)
        with self.assertUnchanged():
            self._sync(order)
        self.assertEqual(self._held(card), (2000, 0))

    def test_first_top_up_opens_a_new_card(self):
        card = self._card(state="blank")
        self._sync(self._sell(card, 20.0))
        self.assertEqual((card.state, self._held(card)), ("active", (2000, 0)))

    def test_goes_to_the_person_of_the_card(self):
        card = self._card(partner=self.ann)
        self._sync(self._sell(card, 20.0))
        self.assertEqual(self._held(card), (2000, 0))
        self.assertFalse(card.wallet_id.balance_ids)

    def test_top_up_and_beer_by_two_cards_in_one_order(self):
        filled, other = self._card(), self._card(1000)
        order_uuid = str(uuid.uuid4())
        beer, line = self._beer_line(price=self._untaxed(5)), self._top_up_line(filled, 20.0)
        payments = [self._nfc_payment(order_uuid, other, 500), self._payment(self.till, "cash", 20.0)]
        self._sync(self._order([beer, line], payments, order_uuid))
        self.assertEqual((self._held(filled), self._held(other)), ((2000, 0), (500, 0)))

    def test_never_paid_with_a_card(self):
        card = self._card(3000)
        order_uuid = str(uuid.uuid4())
        payment = self._nfc_payment(order_uuid, card, 2000)
        order = self._order([self._top_up_line(self._card(), 20.0)], [payment], order_uuid)
        with self.assertRefusal("A top-up is paid in cash or by bank card"):
            self._sync(order)

    def test_without_card(self):
        with self.assertRefusal("tap the card to fill"):
            self._sync(self._sell(None, 20.0))

    def test_cards_out_of_use(self):
        for state, sentence in (("lost", "declared lost"), ("blocked", "is blocked"), ("void", "is void")):
            order = self._sell(self._card(state=state), 20.0)
            with self.subTest(state=state), self.assertRefusal(sentence):
                self._sync(order)

    def test_number_of_no_card(self):
        order = self._sell(self._card(), 20.0)
        order["lines"][0][2]["tibillet_card"] = "ZZZZZZZZ"
        with self.assertRefusal("not known here"):
            self._sync(order)

    def test_ceiling(self):
        self.bar_euro.sudo().ceiling = 5000
        card = self._card(4000)
        order = self._sell(card, 20.0)
        with self.assertRefusal("can hold .*50.00.* at most: top it up by .*10.00.* or less"):
            self._sync(order)
        self._sync(self._sell(card, 10.0))
        self.assertEqual(self._held(card), (5000, 0))

    def test_ceiling_of_two_lines(self):
        self.bar_euro.sudo().ceiling = 5000
        card = self._card()
        lines = [self._top_up_line(card, 30.0), self._top_up_line(card, 30.0)]
        with self.assertRefusal("can hold .*50.00"):
            self._sync(self._order(lines, [self._payment(self.till, "cash", 60.0)]))

    def test_discount(self):
        order = self._sell(self._card(), 20.0, discount=50, price_subtotal=10.0, price_subtotal_incl=10.0)
        with self.assertRefusal("no discount, no tax"):
            self._sync(order)

    def test_price_of_the_line_is_not_the_client_s_word(self):
        order = self._sell(self._card(), 20.0, price_unit=2.0)
        with self.assertRefusal("A top-up is worth what is paid for it"):
            self._sync(order)

    def test_tax(self):
        order = self._sell(self._card(), 20.0, tax_ids=[Command.set(self.tax.ids)])
        with self.assertRefusal("no discount, no tax"):
            self._sync(order)

    def test_invoice(self):
        order = {**self._sell(self._card(), 20.0), "to_invoice": True, "partner_id": self.ann.id}
        with self.assertRefusal("A top-up is not a sale: it cannot be invoiced"):
            self._sync(order)

    def test_money_of_elsewhere(self):
        foreign = self.hall_euro._topup_product(self.bar)
        order = self._sell(self._card(), 20.0, product=foreign)
        with self.assertRefusal("Hall euro is not accepted here"):
            self._sync(order)
        self.federation.sudo()._share(self.hall_euro)
        card = self._card()
        self._sync(self._sell(card, 20.0, product=foreign))
        self.assertEqual(self._held(card, self.hall_euro), (2000, 0))

    def test_negative_amount_without_the_top_up_it_undoes(self):
        order = self._sell(self._card(5000), -20.0)
        with self.assertRefusal("refund it from the orders"):
            self._sync(order)

    # --- what a forger would try by RPC ------------------------------------------------------------------------------

    def test_order_created_paid_is_born_open(self):
        card = self._card()
        order = self.env["pos.order"].with_user(self.cashier).create(self._sell(card, 20.0))
        self.assertEqual((order.state, self._held(card)), ("draft", (0, 0)))

    def test_state_written_without_credit_is_refused(self):
        order = self._sync({**self._sell(self._card(), 20.0), "state": "draft"})
        with self.assertRefusal("paid at its till"):
            order.with_user(self.cashier).write({"state": "paid"})

    def test_paid_top_up_is_sealed(self):
        line = self._sync(self._sell(self._card(), 20.0)).lines.sudo()
        for vals in (
            {"price_unit": 1.0},
            {"qty": 2},
            {"tibillet_card": "AAAAAAAA"},
            {"product_id": self.beer.id},
            {"uuid": "x"},
        ):
            with self.subTest(vals=vals), self.assertRefusal("A paid top-up cannot be changed|French law"):
                line.write(vals)

    def test_beer_does_not_become_a_top_up(self):
        self._abroad()
        payment = self._payment(self.till, "cash", 5.0)
        line = self._sync(self._order([self._beer_line(price=self._untaxed(5))], [payment])).lines.sudo()
        with self.assertRefusal("did not reach its card"):
            line.write({"product_id": self.top_up_product.id})

    # --- a top-up that is undone -------------------------------------------------------------------------------------

    def _undo(self, order, amount=None):
        line = order.lines
        amount = amount or line.price_subtotal_incl
        undone = self._top_up_line(
            None,
            line.price_unit,
            qty=-1,
            refunded_orderline_id=line.id,
            price_subtotal=-amount,
            price_subtotal_incl=-amount,
        )
        return self._order([undone], [self._payment(self.till, "cash", -amount)], is_refund=True)

    def test_refunded_top_up_leaves_the_card(self):
        card = self._card()
        order = self._sync(self._sell(card, 20.0))
        refund = self._sync(self._undo(order))
        self.assertEqual((refund.state, self._held(card)), ("paid", (0, 0)))

    def test_spent_top_up_is_not_paid_back(self):
        card = self._card()
        order = self._sync(self._sell(card, 20.0))
        self._pay_by_card(card, 1500)
        undo = self._undo(order)
        with self.assertRefusal("The card lacks .*15.00"):
            self._sync(undo)
