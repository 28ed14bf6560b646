import uuid

from odoo import Command
from odoo.tests import tagged

from odoo.addons.tibillet_cashless.tests.voucher_common import make_meal, make_voucher

from .common import TillCase


@tagged("post_install", "-at_install")
class TestVoucher(TillCase):
    """A canteen's vouchers at 10 %, through a real till: what they pay, what they do not, and the VAT return."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canteen, cls.meal_tax = make_voucher(cls.env, cls.bar_place)
        cls.meal = make_meal(cls.env, cls.meal_tax, 10.0)
        cls.canteen_top_up = cls.canteen._topup_product(cls.bar)
        cls.waiting = cls.bar._tibillet_voucher_account(cls.meal_tax)

    # --- an order of the till ------------------------------------------------------------------------------------------

    def _meal_line(self, qty=1, **vals):
        """A meal at 10.00 and its 10 %."""
        return {
            "product_id": self.meal.id,
            "qty": qty,
            "price_unit": 10.0,
            "uuid": str(uuid.uuid4()),
            "discount": 0,
            "tax_ids": [Command.set(self.meal_tax.ids)],
            "price_subtotal": 10.0 * qty,
            "price_subtotal_incl": 11.0 * qty,
            "full_product_name": "Test meal",
            **vals,
        }

    def _said(self, *lines):
        """The articles of an order's lines, as the till says them to the server."""
        return [{"product": line["product_id"], "taxes": line["tax_ids"][0][2]} for line in lines]

    def _fill(self, card, amount, session=None):
        line = self._top_up_line(card, amount, product=self.canteen_top_up)
        payment = self._payment(self.till, "cash", amount)
        return self._sync(self._order([line], [payment], session=session))

    def _tapped(self, card, cents, lines, order_uuid, said=None):
        payment_uuid = str(uuid.uuid4())
        articles = self._said(*lines) if said is None else said
        answer = self._authorise(card, cents, order_uuid, payment_uuid, articles=articles)
        self.assertEqual(answer["status"], "held", answer)
        held = {"tibillet_hold": answer["hold"], "tibillet_card": card.number}
        return self._payment(self.till, "terminal", cents / 100, uuid=payment_uuid, **held)

    def _buy(self, card, lines, cents=None, others=(), said=None, **vals):
        """Sell `lines`, paid by `card` and `others` (payments); the pos.order."""
        order_uuid = str(uuid.uuid4())
        cents = cents or round(100 * sum(line["price_subtotal_incl"] for line in lines))
        payment = self._tapped(card, cents, lines, order_uuid, said)
        return self._sync(self._order(lines, [payment, *others], order_uuid, **vals))

    def _canteen_of(self, card):
        return self._held(card, self.canteen)

    # --- what it pays ------------------------------------------------------------------------------------------------

    def test_it_pays_articles_of_its_tax_before_other_money(self):
        card = self._card(5000, gift=100)
        self._credit(card, self.canteen, 800)
        self._buy(card, [self._meal_line()])
        self.assertEqual((self._held(card, self.bar_gift), self._canteen_of(card)), ((0, 0), (0, 0)))
        self.assertEqual(self._held(card), (4800, 0))

    def test_it_is_left_alone_when_the_order_holds_others(self):
        card = self._card(5000)
        self._credit(card, self.canteen, 5000)
        self._buy(card, [self._meal_line(), self._beer_line(price=self._untaxed(5))])
        self.assertEqual((self._held(card), self._canteen_of(card)), ((3400, 0), (5000, 0)))
        self._pay_by_card(card, 600)
        self.assertEqual((self._held(card), self._canteen_of(card)), ((2800, 0), (5000, 0)))

    def test_the_cashier_is_told_which_article_and_what_to_do(self):
        card = self._card()
        self._credit(card, self.canteen, 5000)
        lines = [self._meal_line(), self._beer_line(price=self._untaxed(5))]
        with self.assertUnchanged():
            answer = self._authorise(card, 1600, articles=self._said(*lines))
        self.assertEqual((answer["status"], answer["available"], answer["missing"]), ("short", 0, 1600))
        self.assertEqual(
            answer["voucher"].replace("\xa0", " "),
            "Also on this card: 50.00 €. Canteen only pays articles at TVA 10%: take “Test beer” out of this order and sell "
            "it in another one.",
        )

    def test_nothing_is_said_of_a_card_without_any(self):
        answer = self._authorise(self._card(100), 600, articles=self._said(self._beer_line()))
        self.assertEqual((answer["status"], answer.get("voucher")), ("short", None))

    def test_a_till_that_does_not_say_what_it_sells(self):
        card = self._card()
        self._credit(card, self.canteen, 5000)
        with self.assertUnchanged():
            self.assertEqual(self._authorise(card, 1100)["status"], "short")

    def test_articles_that_no_till_sends(self):
        card = self._card(5000)
        for articles in ("x", [1], [{"product": 1}], [{"product": "1", "taxes": []}], [{"product": 1, "taxes": [None]}],
                         [{"product": 1, "taxes": []}] * 501):  # fmt: skip
            with self.assertUnchanged():
                answer = self._authorise(card, 1100, articles=articles)
            self.assertEqual((answer["status"], answer["code"]), ("refused", "request"), articles)

    def test_completed_in_cash(self):
        card = self._card()
        self._credit(card, self.canteen, 500)
        self._buy(card, [self._meal_line()], 500, [self._payment(self.till, "cash", 6.0)])
        self.assertEqual(self._canteen_of(card), (0, 0))

    # --- what a till may not make it pay --------------------------------------------------------------------------------

    def test_a_till_that_lies_about_its_articles(self):
        card = self._card()
        self._credit(card, self.canteen, 5000)
        beer = self._beer_line(price=self._untaxed(6))
        order_uuid = str(uuid.uuid4())
        payment = self._tapped(card, 1700, [self._meal_line()], order_uuid)
        with self.assertRefusal("take “Test beer” out of this order"):
            self._sync(self._order([self._meal_line(), beer], [payment], order_uuid))
        self.assertEqual(self._canteen_of(card), (5000, 1700))

    def test_not_given_back_for_something_else(self):
        card = self._card()
        self._credit(card, self.canteen, 5000)
        order = self._buy(card, [self._meal_line(2)])
        lines = [
            self._meal_line(-2, refunded_orderline_id=order.lines.id),
            self._beer_line(price=self._untaxed(6)),
        ]
        back = self._payment(self.till, "terminal", -16.0, tibillet_hold=order.payment_ids.tibillet_hold)
        with self.assertRefusal("take “Test beer” out of this order"):
            self._sync(self._order(lines, [back], is_refund=True))

    def test_a_cup_comes_back_on_money_that_pays_anything(self):
        self.canteen.sequence = 0
        self.assertEqual(self.bar_place._own_money(self.canteen.currency_id), self.bar_euro)

    def test_the_desk_sells_what_pays_anything_first(self):
        (self.top_up_product | self.canteen_top_up).available_in_pos = True
        till = self.env["tibillet.till"].with_user(self.cashier)
        offered = till._desk_top_ups(till._counter(self.pos_session.id))
        self.assertEqual([row["name"] for row in offered], ["Bar euro", "Canteen"])

    # --- the books ------------------------------------------------------------------------------------------------------

    def _close(self, session=None):
        session = session or self.pos_session
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        self.env.flush_all()
        self.assertControlZero(self.canteen)
        red = self.env["tibillet.control"]._count(self.bar).filtered(lambda control: control.state != "zero")
        self.assertFalse(red, red.mapped("display_name"))
        return session

    def _sums(self):
        """(base and tax of the VAT return at 10 %, VAT on vouchers), in euros."""
        items = self.env["account.move.line"].search(
            [("company_id", "=", self.bar.id), ("parent_state", "=", "posted")]
        )
        reps = self.meal_tax.invoice_repartition_line_ids
        base, vat = (
            -sum(items.filtered(lambda item, tags=rep.tag_ids: item.tax_tag_ids & tags).mapped("balance"))
            for rep in reps
        )
        waits = sum(items.filtered(lambda item: item.account_id == self.waiting).mapped("balance"))
        return round(base, 2) or 0.0, round(vat, 2) or 0.0, round(waits, 2) or 0.0

    def test_declared_at_the_top_up_once(self):
        card = self._card()
        self._fill(card, 33.0)
        self._close()
        self.assertEqual(self._sums(), (30.0, 3.0, 3.0))
        self.pos_session = self._open_session(self.till)
        order = self._buy(card, [self._meal_line(2)])
        self._close()
        self.assertEqual(self._sums(), (30.0, 3.0, 1.0))
        self.pos_session = self._open_session(self.till)
        back = self._payment(self.till, "terminal", -11.0, tibillet_hold=order.payment_ids.tibillet_hold)
        line = self._meal_line(-1, refunded_orderline_id=order.lines.id)
        self._sync(self._order([line], [back], is_refund=True))
        self._close()
        self.assertEqual(self._sums(), (30.0, 3.0, 2.0))

    def test_paid_back_it_is_declared_no_more(self):
        card = self._card()
        order = self._fill(card, 33.0)
        line = self._top_up_line(
            None, 33.0, self.canteen_top_up, qty=-1, refunded_orderline_id=order.lines.id,
            price_subtotal=-33.0, price_subtotal_incl=-33.0,
        )  # fmt: skip
        self._close()
        self.pos_session = self._open_session(self.till)
        self._sync(self._order([line], [self._payment(self.till, "cash", -33.0)], is_refund=True))
        self._close()
        self.assertEqual(self._sums(), (0.0, 0.0, 0.0))

    def test_invoiced_it_is_declared_once_too(self):
        card = self._card()
        self._fill(card, 22.0)
        order = self._buy(card, [self._meal_line(2)], to_invoice=True, partner_id=self.ann.id)
        self.assertEqual(order.account_move.payment_state, "paid")
        self._close()
        self.assertEqual(self._sums(), (20.0, 2.0, 0.0))
