import uuid

from odoo.tests import tagged

from odoo.addons.tibillet_cashless.tests.voucher_common import make_meal, make_voucher

from ..gift import share
from .gift_common import GiftCase


@tagged("post_install", "-at_install")
class TestVoucherAndGift(GiftCase):
    """One tap: gift credit lowers the price of a meal, and the canteen's voucher pays what is left of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canteen, cls.meal_tax = make_voucher(cls.env, cls.bar_place)
        cls.meal = make_meal(cls.env, cls.meal_tax, 10.0)
        cls.waiting = cls.bar._tibillet_voucher_account(cls.meal_tax)

    def fill(self, card, amount):
        line = self._top_up_line(card, amount, product=self.canteen._topup_product(self.bar))
        self._sync(self._order([line], [self._payment(self.till, "cash", amount)]))

    def buy(self, card, lines, said=None):
        """Sell `lines` to a card, its gift credit taken off; `said`: the articles that the till tells, else these."""
        order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        cents = round(100 * sum(line["price_subtotal_incl"] for line in lines))
        articles = [{"product": line["product_id"], "taxes": line["tax_ids"][0][2]} for line in said or lines]
        answer = self._authorise(card, cents, order_uuid, payment_uuid, articles=articles, gift_room=cents)
        self.assertEqual(answer["status"], "held", answer)
        payment = self._payment(
            self.till,
            "terminal",
            (cents - answer["gift"]) / 100,
            uuid=payment_uuid,
            tibillet_hold=answer["hold"],
            tibillet_gift_hold=answer["gift_hold"],
            tibillet_gift=answer["gift"],
            tibillet_card=answer["card"],
        )
        gifts = self._gift_lines(share(self._groups(lines), answer["gift"]))
        return self._sync(self._order([*lines, *gifts], [payment], order_uuid))

    def held(self, card):
        """Cents of gift credit, voucher and euro, none of them held."""
        found = [self._held(card, asset) for asset in (self.bar_gift, self.canteen, self.bar_euro)]
        self.assertEqual([held for _amount, held in found], [0, 0, 0])
        return [amount for amount, _held in found]

    def close(self):
        self.pos_session.action_pos_session_closing_control()
        self.assertEqual(self.pos_session.state, "closed")
        self.env.flush_all()
        red = self.env["tibillet.control"]._count(self.bar).filtered(lambda control: control.state != "zero")
        self.assertFalse(red, red.mapped("display_name"))

    def balance(self, accounts):
        domain = [("account_id", "in", accounts.ids), ("parent_state", "=", "posted"), ("company_id", "=", self.bar.id)]
        [[balance]] = self.env["account.move.line"]._read_group(domain, [], ["balance:sum"])
        return round(balance or 0.0, 2)

    def test_the_gift_first_then_the_voucher(self):
        """A meal at 11.00, 3.00 of gift: 8.00 of voucher, whose 0.73 of VAT is taken back at the sale."""
        card = self._card(5000, gift=300)
        self.fill(card, 33.0)
        order = self.buy(card, [self._line(self.meal)])
        self.assertEqual((order.amount_total, round(order.amount_tax, 2)), (8.0, 0.73))
        self.assertEqual(self.held(card), [0, 2500, 5000])
        self.close()
        # VAT was declared on 33.00 of voucher, once: 3.00; what waits is that of the 25.00 left.
        vat = self.meal_tax.invoice_repartition_line_ids.account_id
        self.assertEqual((self.balance(vat), self.balance(self.waiting)), (-3.0, 2.27))

    def test_all_by_gift_leaves_the_voucher_alone(self):
        card = self._card(0, gift=1500)
        self.fill(card, 11.0)
        order = self.buy(card, [self._line(self.meal)])
        self.assertEqual((order.amount_total, self.held(card)), (0.0, [400, 1100, 0]))
        self.close()

    def test_with_an_article_of_another_tax_the_euro_pays(self):
        card = self._card(5000, gift=300)
        self.fill(card, 33.0)
        self.buy(card, [self._line(self.meal), self._line(self._article(20, 6.0))])
        self.assertEqual(self.held(card), [0, 3300, 3600])
        self.close()

    def test_a_till_that_lies_pays_nothing_by_voucher(self):
        card = self._card(0, gift=300)
        self.fill(card, 33.0)
        meal, other = self._line(self.meal), self._line(self._article(20, 6.0))
        with self.assertRefusal("out of this order"):
            self.buy(card, [meal, other], said=[meal])
        self.assertEqual(self._held(card, self.canteen), (3300, 0))
