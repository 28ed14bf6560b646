from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_cashless.tests.voucher_common import make_voucher

from .common import DormantCase


@tagged("post_install", "-at_install")
class TestPayBack(DormantCase):
    """Paid back by default: shown, done once, what changed meanwhile left alone."""

    def setUp(self):
        super().setUp()
        self.put(self.ann_wallet, 1250)
        self.put(self.bob_wallet, 300)

    def entries(self, decision):
        return self.env["account.move"].search(decision.action_open_entries()["domain"])

    def test_shown_then_paid_back_holder_by_holder(self):
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet, self.bob_wallet)
            self.assertEqual((decision.line_count, decision.left_count), (2, 0))
            self.assertEqual(decision.total_text, self.bar_euro.format(1550))
            self.assertEqual(self.held(self.ann_wallet), (1250, 0))
            decision.action_confirm()
        self.assertEqual((self.held(self.ann_wallet), self.held(self.bob_wallet)), ((0, 0), (0, 0)))
        self.assertEqual((decision.state, decision.decided_by_id), ("done", self.accountant))
        self.assertLines(
            self.entries(decision), [("4191", None, 15.5), ("58", self.ann, -12.5), ("58", self.bob, -3.0)]
        )
        self.assertEqual(decision.line_ids.mapped("transfer"), [12.5, 3.0])
        self.assertControlZero(self.bar_euro)

    def test_a_double_click_pays_once(self):
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet)
            decision.action_confirm()
            self.put(self.ann_wallet, 1250)
            decision.action_confirm()
        self.assertEqual(self.held(self.ann_wallet), (1250, 0))
        self.assertEqual(len(self.entries(decision)), 1)

    def test_two_accountants_at_once_pay_once(self):
        with self.in_months(7):
            first, second = self.decide("pay_back", self.ann_wallet), self.decide("pay_back", self.ann_wallet)
            first.action_confirm()
            second.action_confirm()
        self.assertEqual((second.line_ids.state, second.line_count), ("left", 0))
        self.assertIn("changed since", second.line_ids.obstacle)
        self.assertFalse(self.entries(second))
        self.assertControlZero(self.bar_euro)

    def test_spent_between_the_list_and_the_act(self):
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet, self.bob_wallet)
            key = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 50)
            self._close(self.bar, "late", spends=[key], amount=0.5)
            decision.action_confirm()
        self.assertEqual((self.held(self.ann_wallet), self.held(self.bob_wallet)), ((1200, 0), (0, 0)))
        self.assertEqual(decision.line_ids.mapped("state"), ["left", "done"])
        self.assertControlZero(self.bar_euro)

    def test_what_a_payment_holds_is_not_paid_back(self):
        ledger.hold(self.cr, "tap", self.ann_wallet.id, 400, [self.bar_euro.id], self.bar_place.id, "test:1")
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet)
            self.assertEqual(decision.line_ids.amount, 850)
            decision.action_confirm()
        self.assertEqual(self.held(self.ann_wallet), (400, 400))

    def test_held_between_the_list_and_the_act(self):
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet)
            ledger.hold(self.cr, "tap", self.ann_wallet.id, 1, [self.bar_euro.id], self.bar_place.id, "test:1")
            decision.action_confirm()
        self.assertEqual(self.held(self.ann_wallet), (1250, 1))

    def test_nobody_known_or_not_refundable_is_left(self):
        card = self.card()
        self.put(card._wallet(), 100)
        with self.in_months(7):
            decision = self.decide("pay_back", card._wallet())
            self.assertIn("card desk", decision.line_ids.obstacle)
            self.bar_euro.refundable = False
            other = self.decide("pay_back", self.ann_wallet)
            other.action_confirm()
        self.assertIn("not paid back", other.line_ids.obstacle)
        self.assertEqual((self.held(card._wallet()), self.held(self.ann_wallet)), ((100, 0), (1250, 0)))

    def test_one_venue_at_a_time(self):
        self.put(self.ann_wallet, 900, self.hall_euro)
        rows = self.env["tibillet.dormant.balance"].search([("wallet_id", "=", self.ann_wallet.id)])
        with self.assertRaisesRegex(UserError, "one venue at a time"):
            rows.action_pay_back()

    @mute_logger("odoo.models")
    def test_an_accountant_of_the_issuer_and_nobody_else(self):
        with self.in_months(7):
            rows, decision = self.aged(self.ann_wallet), self.decide("pay_back", self.ann_wallet)
            for user in (self.manager, self.cashier, self.neighbour):
                for forbidden in (
                    rows.with_user(user).action_pay_back,
                    rows.with_user(user).action_write_off,
                    decision.with_user(user).action_confirm,
                    decision.with_user(user).action_open_entries,
                ):
                    with self.assertRaises(AccessError):
                        forbidden()
        self.assertEqual(self.held(self.ann_wallet), (1250, 0))

    def test_amounts_and_outcomes_are_not_typed(self):
        with self.in_months(7):
            decision = self.decide("pay_back", self.ann_wallet, self.bob_wallet)
            line = decision.line_ids[0]
            for forged in ({"state": "done"}, {"way": "write_off"}, {"company_id": self.hall.id}):
                with self.assertRaisesRegex(UserError, "stays as it is"):
                    decision.write(forged)
            with self.assertRaises(AccessError):
                decision.write({"line_ids": [Command.update(line.id, {"amount": 1})]})
            with self.assertRaises(AccessError):
                line.write({"amount": 1})
            line.unlink()
            decision.action_confirm()
            self.assertEqual(self.held(self.ann_wallet), (1250, 0))
            for forbidden in (lambda: decision.write({"reason": "x"}), decision.unlink, decision.line_ids.unlink):
                with self.assertRaisesRegex(UserError, "stays as it is"):
                    forbidden()


@tagged("post_install", "-at_install")
class TestWriteOff(DormantCase):
    """Written off by an accountant's choice alone: only what is old, of nobody who could be told, and of one venue."""

    def test_shown_then_written_off_then_booked(self):
        card = self.card()
        self.put(card._wallet(), 750)
        with self.in_months(7):
            decision = self.decide("write_off", card._wallet())
            decision.action_confirm()
            decision.action_confirm()
        self.assertEqual(self.held(card._wallet()), (0, 0))
        move = self.env["account.move"].search(decision.action_open_entries()["domain"])
        self.assertLines(move, [("4191", None, 7.5), ("758", None, -7.5)])
        last = card._wallet()._statement_moves()[-1]
        self.assertEqual((last.kind, last.amount, last.transaction_id.reason_ids.text), ("void", -750, decision.reason))
        self.assertControlZero(self.bar_euro)

    def test_it_says_why(self):
        card = self.card()
        self.put(card._wallet(), 750)
        with self.in_months(7):
            decision = self.decide("write_off", card._wallet())
            decision.reason = "  "
            with self.assertRaisesRegex(UserError, "Say why"):
                decision.action_confirm()
        self.assertEqual(self.held(card._wallet()), (750, 0))

    def test_what_is_used_held_lost_or_blocked_stays(self):
        cards = [self.card() for _each in range(4)]
        young, held, lost, blocked = (card._wallet() for card in cards)
        for wallet in (young, held, lost, blocked):
            self.put(wallet, 100)
        ledger.hold(self.cr, "tap", held.id, 40, [self.bar_euro.id], self.bar_place.id, "test:1")
        cards[2]._declare_lost()
        cards[3]._block()
        with self.in_months(2):
            decision = self.decide("write_off", young)
            decision.action_confirm()
            self.assertIn("not dormant", decision.line_ids.obstacle)
        with self.in_months(3):
            decision = self.decide("write_off", held, lost, blocked)
            self.assertEqual((decision.line_count, decision.left_count), (1, 2))
            decision.action_confirm()
        left = [self.held(wallet) for wallet in (young, held, lost, blocked)]
        self.assertEqual(left, [(100, 0), (40, 40), (100, 0), (100, 0)])
        self.assertControlZero(self.bar_euro)

    def test_a_holder_who_can_be_told_is_told_first(self):
        self.put(self.ann_wallet, 500)
        self.put(self.bob_wallet, 500)
        self.bar_euro.dormant_after = 6
        with self.in_months(7):
            decision = self.decide("write_off", self.ann_wallet, self.bob_wallet)
            decision.action_confirm()
            self.assertEqual(decision.line_ids.mapped("state"), ["left", "done"])
            self.tell()
            self.decide("write_off", self.ann_wallet).action_confirm()
        self.assertEqual(self.held(self.ann_wallet), (0, 0))

    def test_an_erased_holder_s_balance(self):
        self.put(self.bob_wallet, 500)
        self.bob.unlink()
        with self.in_months(7):
            self.assertEqual(self.aged(self.bob_wallet).owner_kind, "pseudonym")
            self.decide("write_off", self.bob_wallet).action_confirm()
        self.assertEqual(self.held(self.bob_wallet), (0, 0))

    def test_gift_is_emptied_without_an_entry(self):
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Gift",
                "code": "GIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.bar_euro.currency_id.id,
            }
        )
        self.put(self.bob_wallet, 500, gift)
        with self.in_months(7):
            decision = self.decide("write_off", self.bob_wallet, asset=gift)
            decision.action_confirm()
        self.assertEqual(self.held(self.bob_wallet, gift), (0, 0))
        self.assertFalse(self.env["account.move"].search(decision.action_open_entries()["domain"]))

    def test_never_what_is_shared_with_a_federation(self):
        self.put(self.bob_wallet, 500)
        members = [Command.create({"place_id": self.bar_place.id, "state": "accepted"})]
        federation = self.env["tibillet.federation"].sudo().create({"name": "Network", "member_ids": members})
        share = {"federation_id": federation.id, "asset_id": self.bar_euro.id}
        with self.in_months(7):
            decision = self.decide("write_off", self.bob_wallet)
            self.env["tibillet.federation.share"].sudo().create(share)
            with self.assertRaisesRegex(ValidationError, "never written off"), self.cr.savepoint():
                decision.action_confirm()
            with self.assertRaisesRegex(ValidationError, "never written off"), self.cr.savepoint():
                self.decide("write_off", self.bob_wallet)
            self.decide("pay_back", self.bob_wallet).action_confirm()
        self.assertEqual(self.held(self.bob_wallet), (0, 0))


@tagged("post_install", "-at_install")
class TestVoucherMoney(DormantCase):
    """Single-purpose money: its VAT follows a pay-back, and stays declared when it is written off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canteen, cls.tax = make_voucher(cls.env, cls.bar_place)

    def test_vat_of_what_is_paid_back_or_written_off(self):
        for wallet in (self.ann_wallet, self.bob_wallet):
            self.put(wallet, 2200, self.canteen)
        with self.in_months(7):
            back = self.decide("pay_back", self.ann_wallet, asset=self.canteen)
            off = self.decide("write_off", self.bob_wallet, asset=self.canteen)
            back.action_confirm()
            off.action_confirm()
        vat = self.bar._tibillet_voucher_account(self.tax)
        income = self.bar.tibillet_breakage_account_id
        for decision, account, balance in ((back, vat, -2.0), (off, vat, -2.0), (off, income, -20.0)):
            moves = self.env["account.move"].search(decision.action_open_entries()["domain"])
            lines = moves.line_ids.filtered(lambda line, account=account: line.account_id == account)
            self.assertEqual(round(sum(lines.mapped("balance")), 2), balance)
        controls = self.env["tibillet.control"]._count(self.bar)
        self.assertEqual(controls.filtered(lambda control: control.kind == "voucher_vat").number, 0.0)
        self.assertControlZero(self.canteen)
