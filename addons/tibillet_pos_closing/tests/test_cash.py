from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..cash import BadAmount, counted, parsed
from .common import ClosingCase


@tagged("post_install", "-at_install")
class TestCashTyped(BaseCase):
    """Cash as people type and count it."""

    def test_amounts(self):
        for given, amount in (("12,50", 12.5), ("12.5", 12.5), (" 1 200,00 € ", 1200.0), (3, 3.0), (0.01, 0.01)):
            self.assertEqual(parsed(given), amount)

    def test_what_is_no_amount(self):
        for given in (
            "",
            "abc",
            "-5",
            "0",
            0,
            -1,
            "1,2,3",
            "1.234",
            True,
            None,
            float("nan"),
            float("inf"),
            10**9,
            [5],
        ):
            with self.subTest(given=given), self.assertRaises(BadAmount):
                parsed(given)

    def test_notes_and_coins(self):
        self.assertEqual(counted({"20": 3, "0.5": 7, "0,02": 1, "50": 0}), 63.52)

    def test_what_is_no_count(self):
        for given in (
            {},
            {"20": -1},
            {"-20": 1},
            {"20": 1.5},
            {"20": True},
            {"x": 1},
            {"NaN": 1},
            {"0": 5},
            [1],
            {"20": 0},
        ):
            with self.subTest(given=given), self.assertRaises(BadAmount):
                counted(given)


class TestCash(ClosingCase):
    """What enters and leaves the drawer, and what is left for tomorrow."""

    def _move(self, kind, amount, reason="change", **extras):
        self.pos_session.invalidate_recordset()
        self.pos_session.with_user(self.cashier).try_cash_in_out(kind, amount, reason, False, extras)

    def test_in_and_out(self):
        self._move("in", "50,00")
        self._move("out", 12.5, "ice")
        cash = self._figures()["cash"]
        self.assertEqual((cash["in"], cash["out"], cash["expected"]), (5000, -1250, 3750))

    def test_the_server_counts_again(self):
        self._move("in", 999.0, tibillet_counts={"20": 3, "0.5": 1})
        self.assertEqual(self._figures()["cash"]["in"], 6050)

    def test_refused(self):
        for kind, amount, extras in (
            ("in", 0, {}),
            ("out", -5, {}),
            ("in", "abc", {}),
            ("in", 5, {"tibillet_counts": {"20": -1}}),
            ("steal", 5, {}),
        ):
            with self.subTest(kind=kind, amount=amount), self.assertRaises(UserError), self.env.cr.savepoint():
                self._move(kind, amount, **extras)
        self.assertFalse(self.pos_session.statement_line_ids)

    def test_taken_to_the_bank(self):
        self._sell(60.0)
        with self.assertRaisesRegex(UserError, "The drawer holds 60.00"):
            self._move("deposit", 61)
        self._move("deposit", 45, "Friday")
        [line] = self.pos_session.sudo().statement_line_ids
        transfer = line.move_id.line_ids.filtered(lambda item: item.account_id == self.bar.transfer_account_id)
        self.assertEqual((line.amount, transfer.balance), (-45.0, 45.0))
        self.assertEqual(self._figures()["cash"]["expected"], 1500)

    def test_what_is_counted_is_tomorrow_s_float(self):
        self._sell(60.0)
        self._move("deposit", 40)
        ticket = self._close_till(counted=19.5)
        cash = ticket._content()["figures"]["cash"]
        self.assertEqual((cash["expected"], cash["counted"], cash["difference"]), (2000, 1950, -50))
        morrow = self.env["pos.session"].create({"config_id": self.till.id, "user_id": self.env.uid})
        self.assertEqual(morrow.cash_register_balance_start, 19.5)

    def test_a_float_is_not_negative(self):
        self._close_till()
        morrow = self.env["pos.session"].create({"config_id": self.till.id, "user_id": self.env.uid})
        for wrong in (-1, "abc", float("nan")):
            with self.subTest(wrong=wrong), self.assertRaisesRegex(UserError, "count again"), self.env.cr.savepoint():
                morrow.set_opening_control(wrong, "")
        morrow.set_opening_control("35,50", "")
        self.assertEqual(morrow.cash_register_balance_start, 35.5)

    def test_nothing_after_closing(self):
        self._move("in", 5)
        line = self.pos_session.sudo().statement_line_ids
        self._close_till()
        with self.assertRaisesRegex(UserError, "This till is closed"):
            self._move("in", 5)
        with self.assertRaisesRegex(UserError, "This till is closed"):
            line.unlink()
