from odoo.exceptions import AccessError, UserError

from .common import ClosingCase


class TestCorrection(ClosingCase):
    """A payment by the wrong method: moved between cash, bank card and cheque, traced, until the till closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pos_session.sudo().action_pos_session_closing_control()
        cls.cheque = cls.bank.copy({"name": "Cheque", "tibillet_cheque": True, "config_ids": False})
        cls.till.payment_method_ids |= cls.cheque
        cls.pos_session = cls._open_session(cls.till)

    def _correct(self, order, origin, target, reason="Wrong button", user=None):
        return order.with_user(user or self.cashier).tibillet_correct_payment(origin.id, target.id, reason)

    def _acts(self):
        return self.env["tibillet.till.act"].search(
            [("session_id", "=", self.pos_session.id), ("kind", "=", "correction")]
        )

    def test_the_whole_payment_moves_and_is_traced(self):
        order = self._sell(6.0)
        hash_ = order.l10n_fr_hash if "l10n_fr_hash" in order._fields else None
        answer = self._correct(order, self.cash, self.bank)
        self.assertEqual([(row["id"], row["name"]) for row in answer["paid"]], [(self.bank.id, self.bank.name)])
        self.assertEqual(order.payment_ids.payment_method_id, self.cash)
        correction = order.tibillet_correction_ids
        self.assertEqual((correction.amount, correction.cashier_id), (6.0, self.cashier))
        [act] = self._acts()
        self.assertEqual((act.amount, act.payment_method_id, act.cashier_id), (600, self.bank, self.cashier))
        self.assertIn("Wrong button", act.reason)
        self.assertEqual(self._paid(self._figures()), {"cash": 0, "bank": 600})
        if hash_:
            self.assertEqual(order.l10n_fr_hash, hash_)

    def test_the_drawer_and_the_books_take_the_right_payment(self):
        self._correct(self._sell(6.0), self.cash, self.bank)
        self._correct(self._sell(12.0, "bank"), self.bank, self.cheque)
        self._sell(24.0)
        data = self.pos_session.with_user(self.cashier).get_closing_control_data()
        self.assertEqual(data["default_cash_details"]["amount"], 24.0)
        amounts = {row["id"]: row["amount"] for row in data["non_cash_payment_methods"]}
        self.assertEqual((amounts[self.bank.id], amounts[self.cheque.id]), (6.0, 12.0))
        ticket = self._close_till()
        self.assertEqual(self._paid(ticket._content()["figures"]), {"cash": 2400, "bank": 600, "cheque": 1200})
        drawer = self.cash.journal_id.default_account_id
        lines = self.pos_session.statement_line_ids.move_id.line_ids
        self.assertEqual(sum(lines.filtered(lambda line: line.account_id == drawer).mapped("balance")), 24.0)
        receivable = self.bar.account_default_pos_receivable_account_id
        moves = self.pos_session._get_related_account_moves()
        settled = moves.line_ids.filtered(lambda line: line.account_id == receivable)
        self.assertEqual((sum(settled.mapped("balance")), all(settled.mapped("reconciled"))), (0.0, True))

    def test_change_given_is_counted(self):
        line = self._beer_line(price=self._untaxed(6.0))
        payments = [
            self._payment(self.till, "cash", 10.0), self._payment(self.till, "cash", -4.0, is_change=True),
        ]  # fmt: skip
        order = self._sync(self._order([line], payments, amount_paid=6.0))
        self._correct(order, self.cash, self.cheque)
        self.assertEqual(order.tibillet_correction_ids.amount, 6.0)

    def test_twice_touched_is_done_once(self):
        order = self._sell(6.0)
        self._correct(order, self.cash, self.bank)
        with self.assertRaisesRegex(UserError, "Nothing of this order is paid by"):
            self._correct(order, self.cash, self.bank)
        self._correct(order, self.bank, self.cash)
        self.assertEqual(self._paid(self._figures()), {"cash": 600})
        self.assertEqual(len(self._acts()), 2)

    def test_refused(self):
        order, card = self._sell(6.0), self._card(1000)
        by_card = self._pay_by_card(card, 600)
        for origin, target, said, paid in (
            (self.cash, self.cash, "the same payment method", order),
            (self.cash, self.nfc, "only cash, bank card and cheque", order),
            (self.nfc, self.cash, "only cash, bank card and cheque", by_card),
            (self.bank, self.cash, "Nothing of this order", order),
        ):
            with self.subTest(said=said), self.assertRefusal(said):
                self._correct(paid, origin, target)
        for reason in ("", "  ", None, 5):
            with self.subTest(reason=reason), self.assertRefusal("Say why"):
                self._correct(order, self.cash, self.bank, reason)
        for ids in ((None, self.bank.id), ("1", self.bank.id), (self.cash.id, 0), (True, self.bank.id)):
            with self.subTest(ids=ids), self.assertRefusal("Choose a payment method"):
                order.with_user(self.cashier).tibillet_correct_payment(*ids, "why")
        self.assertFalse(order.tibillet_correction_ids | by_card.tibillet_correction_ids)

    def test_never_after_closing(self):
        order = self._sell(6.0)
        self._close_till()
        with self.assertRaisesRegex(UserError, "This till is closed"):
            self._correct(order, self.cash, self.bank)

    def test_who_corrects(self):
        order = self._sell(6.0)
        accountant = self._account_user("only_accountant", self.bar, "tibillet_base.group_accountant")
        stranger = self._account_user("hall_cashier", self.hall, "tibillet_base.group_cashier")
        for user in (accountant, stranger):
            with self.assertRaises(AccessError):
                self._correct(order, self.cash, self.bank, user=user)

    def test_a_correction_is_for_good(self):
        order = self._sell(6.0)
        self._correct(order, self.cash, self.bank)
        with self.assertRaisesRegex(UserError, "not rewritten"):
            order.tibillet_correction_ids.amount = 1.0
        with self.assertRaisesRegex(UserError, "not deleted"):
            order.tibillet_correction_ids.sudo().unlink()
