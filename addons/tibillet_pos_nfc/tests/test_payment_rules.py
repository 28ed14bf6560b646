import uuid

from odoo import Command
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestPaymentRules(TillCase):
    """Which currency of a card pays which part of an order; what is short or forged moves nothing."""

    def _shown(self, order):
        """[(currency, amount, quantity)] of the parts, as the back office shows them."""
        return [(part.asset_id.name, part.amount, part.qty) for part in order.tibillet_split_ids]

    def _sell(self, cents, payments, order_uuid, lines=1):
        line = [self._beer_line(price=self._untaxed(cents / 100)) for _line in range(lines)]
        return self._sync(self._order(line, payments, order_uuid))

    def test_gift_then_local_money(self):
        card = self._card(500, gift=100)
        order = self._pay_by_card(card, 400)
        self.assertEqual(self._shown(order), [("Bar gift", 1.0, 0.25), ("Bar euro", 3.0, 0.75)])
        self.assertEqual(sum(order.tibillet_split_ids.mapped("qty")), 1.0)

    def test_gift_covers_all(self):
        card = self._card(500, gift=900)
        self.assertEqual(self._shown(self._pay_by_card(card, 400)), [("Bar gift", 4.0, 1.0)])
        self.assertEqual((self._held(card), self._held(card, self.bar_gift)), ((500, 0), (500, 0)))

    def test_the_place_chooses_its_order(self):
        self.bar_place.debit_order_ids = [
            Command.create({"asset_id": asset.id, "sequence": sequence})
            for sequence, asset in enumerate((self.bar_euro, self.bar_gift))
        ]
        card = self._card(300, gift=100)
        self.assertEqual(self._shown(self._pay_by_card(card, 400)), [("Bar euro", 3.0, 0.75), ("Bar gift", 1.0, 0.25)])

    def test_federated_money_is_the_last(self):
        self.federation.sudo()._share(self.hall_euro)
        card = self._card(100, gift=100)
        self._credit(card, self.hall_euro, 100)
        parts = self._shown(self._pay_by_card(card, 300))
        self.assertEqual([name for name, _amount, _qty in parts], ["Bar gift", "Bar euro", "Hall euro"])
        self.assertEqual([qty for _name, _amount, qty in parts], [0.333333, 0.333333, 0.333334])

    def test_no_money_is_taken_here(self):
        card = self._card(500)
        (self.bar_euro | self.bar_gift).active = False
        with self.assertUnchanged():
            answer = self._authorise(card, 400)
        self.assertEqual((answer["status"], answer["code"]), ("refused", "no_asset"))

    def test_one_cent(self):
        self.beer.taxes_id = False
        card, order_uuid = self._card(1), str(uuid.uuid4())
        line = self._beer_line(price=0.01, tax_ids=[], price_subtotal=0.01, price_subtotal_incl=0.01)
        order = self._sync(self._order([line], [self._nfc_payment(order_uuid, card, 1)], order_uuid))
        self.assertEqual(self._shown(order), [("Bar euro", 0.01, 1.0)])

    def test_short_card_completed_in_cash(self):
        card, order_uuid = self._card(300, gift=100), str(uuid.uuid4())
        with self.assertUnchanged():
            self.assertEqual(self._authorise(card, 600)["missing"], 200)
        payments = [self._nfc_payment(order_uuid, card, 400), self._payment(self.till, "cash", 2.0)]
        order = self._sell(300, payments, order_uuid, lines=2)
        self.assertEqual(
            [(part.line_id, part.asset_id.name, part.amount) for part in order.tibillet_split_ids],
            [
                (order.lines[0], "Bar gift", 1.0),
                (order.lines[0], "Bar euro", 2.0),
                (order.lines[1], "Bar euro", 1.0),
                (order.lines[1], False, 2.0),
            ],
        )
        for line in order.lines:
            parts = order.tibillet_split_ids.filtered(lambda part, line=line: part.line_id == line)
            self.assertEqual((sum(parts.mapped("amount")), sum(parts.mapped("qty"))), (3.0, 1.0))

    def test_empty_card(self):
        card = self._card()
        with self.assertUnchanged():
            answer = self._authorise(card, 3800)
        self.assertEqual((answer["status"], answer["missing"]), ("short", 3800))
        self.assertIn("38.00", answer["message"])

    def test_the_same_card_twice(self):
        card, order_uuid = self._card(300), str(uuid.uuid4())
        held = self._authorise(card, 300, order_uuid)
        answer = self._authorise(card, 300, order_uuid, other_holds=[held["hold"]])
        self.assertEqual((answer["status"], answer["code"]), ("refused", "same_wallet"))

    def test_refused_for_its_second_card_restores_the_first(self):
        first, second, order_uuid = self._card(300), self._card(300), str(uuid.uuid4())
        payments = [self._nfc_payment(order_uuid, first, 300), self._nfc_payment(order_uuid, second, 300)]
        payments[1]["tibillet_hold"] = payments[0]["tibillet_hold"]
        with self.assertRefusal("No card was tapped"):
            self._sell(600, payments, order_uuid)
        self.assertEqual((self._held(first), self._held(second)), ((300, 300), (300, 300)))

    def test_cash_and_change(self):
        line = self._beer_line(price=self._untaxed(6))
        order = self._sync(self._order([line], [self._payment(self.till, "cash", 20.0)], amount_return=-14.0))
        self.assertEqual(self._shown(order), [(False, 6.0, 1.0)])

    def test_refund_gives_back_the_last_part_first(self):
        order = self._pay_by_card(self._card(500, gift=100), 400)
        line = self._beer_line(qty=-1, price=self._untaxed(4), refunded_orderline_id=order.lines.id)
        back = self._payment(self.till, "terminal", -4.0, tibillet_hold=order.payment_ids.tibillet_hold)
        refund = self._sync(self._order([line], [back], is_refund=True))
        self.assertEqual(self._shown(refund), [("Bar euro", -3.0, -0.75), ("Bar gift", -1.0, -0.25)])

    def test_a_top_up_is_paid_by_no_card(self):
        filled, card, order_uuid = self._card(), self._card(600), str(uuid.uuid4())
        payments = [self._payment(self.till, "cash", 20.0), self._nfc_payment(order_uuid, card, 600)]
        lines = [self._top_up_line(filled, 20.0), self._beer_line(price=self._untaxed(6))]
        order = self._sync(self._order(lines, payments, order_uuid))
        top_up = order.lines.filtered("tibillet_card")
        self.assertEqual(
            {(part.line_id == top_up, part.asset_id.name) for part in order.tibillet_split_ids},
            {(True, False), (False, "Bar euro")},
        )

    def test_forged_total(self):
        line = self._beer_line(price=self._untaxed(6))
        order = {**self._order([line], [self._payment(self.till, "cash", 1.0)]), "amount_total": 1.0}
        with self.assertRefusal("Total: the till says .*1.00.*, the articles make .*6.00.*. Nothing was paid"):
            self._sync(order)

    def test_forged_line(self):
        card, order_uuid = self._card(100), str(uuid.uuid4())
        line = {**self._beer_line(price=self._untaxed(6)), "price_subtotal": 0.83, "price_subtotal_incl": 1.0}
        payment = self._nfc_payment(order_uuid, card, 100)
        with self.assertRefusal("the till says .*1.00.*, the articles make .*6.00"):
            self._sync(self._order([line], [payment], order_uuid))

    def test_amounts_that_no_till_sends(self):
        card = self._card(100)
        for amount in (0, -100, 1.5, "100", True, None, 10**9):
            with self.subTest(amount=amount), self.assertUnchanged():
                self.assertEqual(self._authorise(card, amount)["code"], "amount")
