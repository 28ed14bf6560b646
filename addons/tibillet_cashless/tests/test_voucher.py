import random

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CashlessCase
from .voucher_common import make_voucher


@tagged("post_install", "-at_install")
class TestVoucher(CashlessCase):
    """Single-purpose money: VAT at the top-up, taken back at the sale, and not a cent left when all is spent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canteen, cls.tax = make_voucher(cls.env, cls.bar_place)
        cls.waiting = cls.bar._tibillet_voucher_account(cls.tax)
        cls.collected = cls.tax.invoice_repartition_line_ids.account_id
        cls.tags = {
            kind: cls.tax.invoice_repartition_line_ids.filtered(
                lambda line, kind=kind: line.repartition_type == kind
            ).tag_ids
            for kind in ("base", "tax")
        }

    def _declared(self):
        """What the VAT return reads: (base, tax) by the tags of the tax, credits positive."""
        self.env.flush_all()
        return tuple(
            round(-sum(self.env["account.move.line"].search(
                [("tax_tag_ids", "in", self.tags[kind].ids), ("parent_state", "=", "posted")]
            ).mapped("balance")), 2) or 0.0
            for kind in ("base", "tax")
        )  # fmt: skip

    def _waits(self):
        """Balance of VAT on vouchers."""
        items = self.env["account.move.line"].search([("account_id", "=", self.waiting.id)])
        return round(sum(items.mapped("balance")), 2) or 0.0

    def _number(self):
        controls = self.env["tibillet.control"]._count(self.bar)
        return controls.filtered(lambda control: control.kind == "voucher_vat").number

    def _topped(self, cents, session=1):
        key = self._top_up(self.bar_place, self.ann_wallet, self.canteen, cents)
        return self._close(self.bar, session, topups=[key], topup_asset=self.canteen, topup_amount=cents / 100)

    def test_the_account_waits_beside_those_of_its_kind(self):
        self.assertTrue(self.waiting.with_company(self.bar).code.startswith("4458"))
        self.assertEqual(self.waiting.name, "VAT on vouchers")
        self.bar._tibillet_setup_books()
        self.assertEqual(self.bar.tibillet_voucher_account_id, self.waiting)
        self.hall._tibillet_setup_books()
        self.assertFalse(self.hall.tibillet_voucher_account_id)

    def test_in_another_chart_it_stands_beside_the_tax(self):
        company = self.env["res.company"].create({"name": "Far", "country_id": self.env.ref("base.aq").id})
        company._tibillet_setup_books()
        tax = (
            self.env["account.tax"]
            .with_company(company)
            .search([("company_id", "=", company.id), ("type_tax_use", "=", "sale")], limit=1)
        )
        beside = tax.invoice_repartition_line_ids.account_id.with_company(company).code
        self.assertEqual(company._tibillet_voucher_account(tax).with_company(company).code[:4], beside[:4])

    def test_topped_up_at_a_till(self):
        booking = self._topped(11000)
        entry = booking.move_ids.filtered(lambda move: move.journal_id == self.bar.tibillet_wallet_journal_id)
        self.assertLines(
            entry,
            [
                (self.waiting.code, None, 10.0),
                (self.collected.code, None, -10.0),
                (self.waiting.code, None, -100.0),
                (self.waiting.code, None, 100.0),
            ],
        )
        self.assertTrue(self.tags["base"] and self.tags["tax"])
        self.assertEqual((self._declared(), self._waits()), ((100.0, 10.0), 10.0))
        self.assertEqual(entry.line_ids.filtered("tax_repartition_line_id").tax_base_amount, 100.0)
        self.assertEqual((booking.amount, self._number()), (0.0, 0.0))
        self.assertControlZero(self.canteen)

    def test_spent(self):
        self._topped(11000)
        booking = self._booking(self.bar, 2)
        spent = self._spend(self.bar_place, self.ann_wallet, self.canteen, 1100)
        entry = booking._post_spends([spent], self.receivable, 11.0)
        self.assertLines(
            entry,
            [
                (self.canteen.account_id.code, None, 11.0),
                (self.receivable.code, None, -11.0),
                (self.collected.code, None, 1.0),
                (self.waiting.code, None, -1.0),
                (self.waiting.code, None, 10.0),
                (self.waiting.code, None, -10.0),
            ],
        )
        self.assertEqual((self._declared(), self._waits()), ((90.0, 9.0), 9.0))
        self.assertEqual((booking.amount, self._number()), (11.0, 0.0))
        back = self._refund(self.bar_place, self.ann_wallet, self.canteen, 1100)
        self._booking(self.bar, 3)._post_spends([back], self.receivable, -11.0)
        self.assertEqual((self._declared(), self._waits(), self._number()), ((100.0, 10.0), 10.0, 0.0))

    def test_a_vat_return_that_was_sent_is_left_alone(self):
        today = fields.Date.context_today(self.bar)
        self.bar.tax_lock_date = fields.Date.add(today, days=3)
        [entry] = self._topped(11000).move_ids.filtered(lambda move: move.line_ids.tax_repartition_line_id)
        self.assertEqual(entry.date, fields.Date.add(today, days=4))
        self.assertEqual((self._declared(), self._number()), ((100.0, 10.0), 0.0))

    def test_spent_with_other_money_in_one_entry(self):
        self._topped(1100)
        keys = [
            self._spend(self.bar_place, self.ann_wallet, self.canteen, 1100),
            self._refund(self.bar_place, self.bob_wallet, self.bar_euro, 500),
        ]
        self._booking(self.bar, 2)._post_spends(keys, self.receivable, 6.0)
        self.assertEqual((self._declared(), self._waits(), self._number()), ((0.0, 0.0), 0.0, 0.0))
        self.assertControlZero(self.bar_euro)

    def test_paid_back_by_hand(self):
        wizard = {"partner_id": self.ann.id, "asset_id": self.canteen.id, "reason": "Transfer"}
        office = self.env["tibillet.wallet.operation"].with_company(self.bar)
        office.create({**wizard, "operation": "top_up", "amount": 22.0}).action_confirm()
        self.assertEqual((self._declared(), self._waits()), ((20.0, 2.0), 2.0))
        office.create({**wizard, "operation": "cash_out", "amount": 22.0}).action_confirm()
        self.assertEqual((self._declared(), self._waits(), self._number()), ((0.0, 0.0), 0.0, 0.0))

    def test_voided_it_stays_declared(self):
        """What nobody spends: the VAT was due at the top-up and stays, the income is what is left."""
        self._topped(11000)
        key = self._move("void", self.bar_place, self.ann_wallet, self.canteen, -11000, key="void:1")
        income = self.bar._tibillet_breakage_account()
        booking = self.env["tibillet.booking"]._of_closing(self.bar, "hand:1", "Voided")
        booking._post_operations([key], income)
        self.assertLines(
            booking.move_ids,
            [
                (self.canteen.account_id.code, None, 110.0),
                (self.waiting.code, None, -10.0),
                (income.code, None, -100.0),
            ],
        )
        self.assertEqual((self._declared(), self._waits(), self._number()), ((100.0, 10.0), 0.0, 0.0))
        self.env["tibillet.ledger.transaction"]._reverse("undo:1", "void:1", self.bar_place, "It was none")
        self.env["tibillet.booking"]._of_closing(self.bar, "hand:2", "Undone")._post_operations(["undo:1"], income)
        self.assertEqual((self._declared(), self._waits(), self._number()), ((100.0, 10.0), 10.0, 0.0))

    def test_reversed_it_is_declared_no_more(self):
        self._topped(11000)
        [key] = self.env["tibillet.booked.transaction"].search([]).transaction_id[-1:].mapped("key")
        self.env["tibillet.ledger.transaction"]._reverse("undo:1", key, self.bar_place, "Never paid")
        booking = self.env["tibillet.booking"]._of_closing(self.bar, "hand:1", "Undone")
        booking._post_operations(["undo:1"], self.bar.transfer_account_id)
        self.assertEqual((self._declared(), self._waits(), self._number()), ((0.0, 0.0), 0.0, 0.0))

    def test_multi_purpose_money_declares_nothing(self):
        key = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        booking = self._close(self.bar, 1, topups=[key], topup_asset=self.bar_euro, topup_amount=50.0)
        self.assertEqual(len(booking.move_ids), 1)
        self.assertEqual((self._declared(), self._waits(), self._number()), ((0.0, 0.0), 0.0, 0.0))

    def test_whatever_the_amounts_no_cent_is_left(self):
        """Property: after each booking the account is the VAT of what wallets hold; spent out, everything is zero."""
        self._random_life(random.randrange(10**6))

    def test_half_a_cent_of_vat_rounds_one_way(self):
        """A life in which 0.1 + 0.2 once made a cent of VAT."""
        self._random_life(74014)

    def _random_life(self, seed):
        draw, held, voided = random.Random(seed), 0, 0
        rates = (5.5, 8.5, 20.0, 19.6, 7.7)
        self.tax.amount = draw.choice(rates)
        with self.subTest(seed=seed):
            for session in range(1, 26):
                act = draw.choice(("top_up", "spend", "spend", "refund", "cash_out", "void")) if held else "top_up"
                cents = draw.randint(1, 999 if act in ("top_up", "refund") else held)
                held += cents if act in ("top_up", "refund") else -cents
                self._act(act, session, cents)
                self.assertEqual(self._waits(), round(self.canteen._voucher_vat(held / 100), 2))
                voided += cents if act == "void" else 0
            if held:
                self._act("spend", 99, held)
            self.assertEqual((self._waits(), self._number(), self.canteen.voucher_booked), (0.0, 0.0, 0.0))
            base, vat = self._declared()
            # Each void keeps its own rounding declared; spent and paid back leave none.
            self.assertAlmostEqual(base + vat, voided / 100)

    def _act(self, act, session, cents):
        if act == "top_up":
            return self._topped(cents, session)
        sign = 1 if act == "refund" else -1
        key = self._move(act, self.bar_place, self.ann_wallet, self.canteen, sign * cents)
        self._booking(self.bar, session)._post_operations([key], self.receivable)
        return key

    # --- the control ------------------------------------------------------------------------------------------------

    def test_red_for_an_entry_by_hand(self):
        self._topped(11000)
        self.env["account.move"].create(
            {
                "journal_id": self._misc_journal(self.bar).id,
                "line_ids": [
                    (0, 0, {"name": "By hand", "account_id": self.waiting.id, "balance": -2.5}),
                    (0, 0, {"name": "By hand", "account_id": self.bar.transfer_account_id.id, "balance": 2.5}),
                ],
            }
        ).action_post()
        self.assertEqual(self._number(), -2.5)
        control = self.env["tibillet.control"].search([("kind", "=", "voucher_vat"), ("company_id", "=", self.bar.id)])
        self.assertEqual((control.state, "2.50" in control.shown), ("different", True))
        action = control.action_open()
        self.assertIn("By hand", self.env[action["res_model"]].search(action["domain"]).mapped("name"))

    # --- what may be one ---------------------------------------------------------------------------------------------

    def test_never_shared(self):
        federation = (
            self.env["tibillet.federation"]
            .sudo()
            .create({"name": "Net", "member_ids": [(0, 0, {"place_id": self.bar_place.id, "state": "accepted"})]})
        )
        with self.assertRaisesRegex(ValidationError, "cannot be shared with a federation"):
            federation._share(self.canteen)
        federation._share(self.bar_euro)
        with self.assertRaisesRegex(ValidationError, "cannot be shared with a federation"):
            self.bar_euro.write({"voucher_kind": "single_purpose", "voucher_tax_id": self.tax.id})

    def test_only_one_sale_tax_of_the_issuer(self):
        other = self.env["account.chart.template"].with_company(self.hall).ref("tva_intermediaire")
        purchase = self.env["account.chart.template"].ref("tva_acq_intermediaire")
        archived = self.tax.copy({"active": False})
        for tax in (other, purchase, archived):
            with self.assertRaisesRegex(ValidationError, "bears one sale tax of Bar"):
                self.canteen.voucher_tax_id = tax
        with self.assertRaisesRegex(ValidationError, "bears one sale tax of Bar"):
            self.bar.tax_exigibility = True
            self.tax.write({"tax_exigibility": "on_payment", "cash_basis_transition_account_id": self.waiting.id})
            self.canteen.voucher_tax_id = self.tax

    def test_who_may_not_choose_it(self):
        """It takes whoever keeps both the venue's money and its books."""
        for name in ("manager", "accountant", "cashier"):
            user = self._account_user(f"bar_{name}", self.bar, f"tibillet_base.group_{name}")
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.canteen.with_user(user).voucher_tax_id = self.tax.copy()
        keeper = self._account_user(
            "hall_keeper", self.hall, "tibillet_base.group_manager", "tibillet_base.group_accountant"
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.canteen.with_user(keeper).voucher_tax_id = self.tax.copy()

    def test_only_money_and_never_without_a_tax(self):
        for values in ({"voucher_tax_id": False}, {"kind": "gift"}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.canteen.write(values)
                self.env.flush_all()

    def test_once_topped_up_it_stays_what_it_is(self):
        self.canteen.voucher_kind = "multi_purpose"
        self.canteen.voucher_kind = "single_purpose"
        self._topped(1100)
        for values in ({"voucher_kind": "multi_purpose"}, {"voucher_tax_id": self.tax.copy().id}):
            with self.assertRaisesRegex(UserError, "Make another currency for the new one"):
                self.canteen.write(values)
        with self.assertRaisesRegex(UserError, "Make another tax"):
            self.tax.amount = 12.0
        self.tax.write({"amount": 10.0, "description": "Meals"})
