from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestTopUpBonus(TillCase):
    """A place gives 2.50 of its gift currency for each 50 topped up, and takes it back with the top-up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["tibillet.top.up.bonus"].create(
            {"place_id": cls.bar_place.id, "asset_id": cls.bar_euro.id, "gift_asset_id": cls.bar_gift.id}
        )

    def _sell(self, card, amount):
        return self._sync(self._order([self._top_up_line(card, amount)], [self._payment(self.till, "cash", amount)]))

    def _undo(self, order, amount):
        line = self._top_up_line(
            None,
            amount,
            qty=-1,
            refunded_orderline_id=order.lines.id,
            price_subtotal=-amount,
            price_subtotal_incl=-amount,
        )
        return self._order([line], [self._payment(self.till, "cash", -amount)], is_refund=True)

    def _gift(self, card):
        return self._held(card, self.bar_gift)[0]

    def test_each_line_for_itself(self):
        """A line is one card's, and is refunded alone: what others of the order add up to earns it nothing."""
        one, other = self._card(), self._card()
        lines = [self._top_up_line(one, 30.0), self._top_up_line(one, 30.0), self._top_up_line(other, 50.0)]
        self._sync(self._order(lines, [self._payment(self.till, "cash", 110.0)]))
        self.assertEqual((self._gift(one), self._gift(other)), (0, 250))

    def test_once_for_each_start(self):
        for amount, gift in ((49.99, 0), (50.0, 250), (55.0, 250), (101.0, 500)):
            card = self._card()
            order = self._sell(card, amount)
            self.assertEqual((self._held(card)[0], self._gift(card)), (round(amount * 100), gift), amount)
            self.assertEqual(order.lines.tibillet_bonus, gift)

    def test_no_more_than_a_card_may_hold(self):
        self.bar_gift.sudo().ceiling = 300
        card = self._card(gift=100)
        order = self._sell(card, 100.0)
        self.assertEqual((self._gift(card), order.lines.tibillet_bonus), (300, 200))
        self._sync(self._undo(order, 100.0))
        self.assertEqual(self._gift(card), 100)

    def test_synced_twice_is_given_once(self):
        card = self._card()
        order = self._order([self._top_up_line(card, 50.0)], [self._payment(self.till, "cash", 50.0)])
        self._sync(order)
        with self.assertUnchanged():
            self._sync(order)
        self.assertEqual(self._gift(card), 250)

    def test_taken_back_with_its_top_up(self):
        card = self._card()
        self._sync(self._undo(self._sell(card, 100.0), 100.0))
        self.assertEqual((self._held(card)[0], self._gift(card)), (0, 0))

    def test_what_stays_keeps_its_gift(self):
        card = self._card()
        order = self._sell(card, 110.0)
        self._sync(self._undo(order, 10.0))
        self.assertEqual((self._held(card)[0], self._gift(card)), (10000, 500))
        self._sync(self._undo(order, 40.0))
        self.assertEqual((self._held(card)[0], self._gift(card)), (6000, 250))

    def test_a_gift_that_is_spent_keeps_its_top_up(self):
        card = self._card()
        order = self._sell(card, 50.0)
        self._pay_by_card(card, 100)
        refund = self._undo(order, 50.0)
        with self.assertRefusal("The gift of .*2.50.* that came with this top-up is spent"):
            self._sync(refund)

    def test_the_till_does_not_say_it(self):
        card = self._card()
        line = self._top_up_line(card, 10.0, tibillet_bonus=9999, tibillet_bonus_asset_id=self.bar_gift.id)
        order = self._sync(self._order([line], [self._payment(self.till, "cash", 10.0)]))
        self.assertEqual((order.lines.tibillet_bonus, self._gift(card)), (0, 0))

    def test_shown_before(self):
        product = self.top_up_product.product_tmpl_id
        [read] = self.env["product.template"]._load_pos_data_read(product, self.till)
        self.assertEqual(read["_tibillet_bonus"], {"start": 50.0, "value": 2.5, "name": "Bar gift"})

    def test_only_the_gifts_of_the_place(self):
        for values in ({"gift_asset_id": self.bar_euro.id}, {"asset_id": self.bar_gift.id}):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.rule.write(values)
