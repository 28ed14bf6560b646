import uuid

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TillCase
from .test_closing_entries import TestClosingEntries


@tagged("post_install", "-at_install")
class TestDeposit(TillCase):
    """A cup is lent at its price and that price comes back, in cash or onto a card; it is never a sale."""

    _close = TestClosingEntries._close
    _wallet_move = TestClosingEntries._wallet_move
    _balance = TestClosingEntries._balance
    _receivable_of = TestClosingEntries._receivable_of

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cup = cls._make_cup()

    def _cups(self, qty, price=1.0, **vals):
        return self._top_up_line(
            None,
            price,
            product=self.cup,
            qty=qty,
            price_subtotal=qty * price,
            price_subtotal_incl=qty * price,
            **vals,
        )

    def _lend(self, qty):
        return self._sync(self._order([self._cups(qty)], [self._payment(self.till, "cash", float(qty))]))

    def _back(self, qty, kind="cash", lines=(), **payment):
        payments = [self._payment(self.till, kind, -float(qty), **payment)]
        return self._order([self._cups(-qty), *lines], payments)

    def test_lent_and_paid_back_in_cash(self):
        self._lend(3)
        self.assertEqual(self._sync(self._back(2)).state, "paid")
        session = self._close()
        account = self.bar.tibillet_deposit_account_id
        self.assertEqual(account.account_type, "liability_current")
        self.assertTrue(account.code.startswith("4196"))
        self.assertEqual(self._balance(session.move_id, account), -1.0)
        self.assertEqual(self._balance(session.move_id, self._receivable_of(self.bar)), 1.0)
        self.assertFalse(session.move_id.line_ids.tax_line_id)

    def test_the_account_is_chosen_in_the_settings(self):
        account = self.env["account.account"].create(
            {
                "name": "Cups lent",
                "code": "419699",
                "account_type": "liability_current",
                "company_ids": [Command.set(self.bar.ids)],
            }
        )
        settings = self.env["res.config.settings"].with_company(self.bar)
        settings.create({"tibillet_deposit_account_id": account.id})
        self.assertEqual(self.bar.tibillet_deposit_account_id, account)
        self._lend(3)
        self.assertEqual(self._balance(self._close().move_id, account), -3.0)

    def test_paid_back_onto_the_card(self):
        card = self._card()
        self._sync(self._order([self._top_up_line(card, 20.0)], [self._payment(self.till, "cash", 20.0)]))
        self._lend(5)
        order = self._sync(self._back(4, "terminal", tibillet_card=card.number))
        self.assertEqual(self._held(card), (2400, 0))
        self.assertEqual(order.tibillet_split_ids.asset_id, self.bar_euro)
        session = self._close()
        self.assertEqual(self._balance(session.move_id, self.bar.tibillet_deposit_account_id), -1.0)
        self.assertLines(
            self._wallet_move(session),
            [(self.bar_euro.account_id.code, None, -4.0), (self._receivable_of(self.bar).code, None, 4.0)],
        )
        self.assertControlZero(self.bar_euro)

    def test_opens_a_new_card(self):
        card = self._card(state="blank")
        self._sync(self._back(1, "terminal", tibillet_card=card.number))
        self.assertEqual((card.state, self._held(card)), ("active", (100, 0)))

    def test_synced_twice_is_paid_back_once(self):
        card = self._card()
        order = self._back(2, "terminal", tibillet_card=card.number)
        self._sync(order)
        with self.assertUnchanged():
            self._sync(order)
        self.assertEqual(self._held(card), (200, 0))

    def test_paid_with_a_card(self):
        card, order_uuid = self._card(500), str(uuid.uuid4())
        self._sync(self._order([self._cups(2)], [self._nfc_payment(order_uuid, card, 200)], order_uuid))
        self.assertEqual(self._held(card), (300, 0))

    def test_never_mixed_with_what_is_sold(self):
        beer = self._beer_line(price=self._untaxed(6))
        order = self._order([self._cups(-2), beer], [self._payment(self.till, "cash", 4.0)])
        with self.assertRefusal("Cups that come back make an order of their own"):
            self._sync(order)

    def test_at_its_own_price_only(self):
        for line in (self._cups(-2, 10.0), self._cups(2, 0.5)):
            order = self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])])
            with self.subTest(price=line["price_unit"]), self.assertRefusal("Cup is lent and taken back at .*1.00"):
                self._sync(order)

    def test_cards_that_take_nothing_back(self):
        blocked = self._card(state="blocked")
        for number, sentence in ((blocked.number, "blocked"), ("ZZZZZZZZ", "not known"), (False, "not known")):
            order = self._back(2, "terminal", tibillet_card=number)
            with self.subTest(number=number), self.assertRefusal(f"{sentence}.* Give the money back in cash"):
                self._sync(order)

    def test_a_product_is_lent_or_taxed(self):
        with self.assertRaisesRegex(ValidationError, "A deposit bears no tax"), self.env.cr.savepoint():
            self.cup.taxes_id = self.tax
        with self.assertRaisesRegex(ValidationError, "A deposit has a price"), self.env.cr.savepoint():
            self.cup.list_price = 0
