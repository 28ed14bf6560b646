from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user

from odoo.addons.tibillet_base import ledger
from odoo.addons.tibillet_payment.tests.common import OnlineCase


class TestWalletPays(HttpCase, OnlineCase):
    """What is on the wallet pays on the web."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wallet_provider = cls.env["payment.provider"].search(
            [("code", "=", "tibillet_wallet"), ("company_id", "=", cls.bar.id)]
        )
        cls.user = new_test_user(cls.env, "t_ann", "base.group_portal", partner_id=cls.ann.id, password="t_ann_t_ann")
        cls.bob_user = new_test_user(
            cls.env, "t_bob", "base.group_portal", partner_id=cls.bob.id, password="t_bob_t_bob"
        )

    def setUp(self):
        super().setUp()
        self.top_up_online(25)

    def speak_for_the_provider(self):
        """Only the bank's provider needs words put in its mouth."""
        model = type(self.env["payment.transaction"])
        extract, apply = model._extract_amount_data, model._apply_updates
        mine = "tibillet_wallet"
        self.startPatcher(
            patch.object(
                model,
                "_extract_amount_data",
                lambda tx, data: extract(tx, data) if tx.provider_code == mine else data["said"],
            )
        )
        self.startPatcher(
            patch.object(
                model,
                "_apply_updates",
                lambda tx, data: (
                    apply(tx, data) if tx.provider_code == mine else getattr(tx, data["act"])(**data["why"])
                ),
            )
        )

    def ask(self, amount, partner=None):
        type(self).keys += 1
        return self._create_transaction(
            "redirect",
            reference=f"WALLET-{self.keys}",
            amount=amount,
            partner_id=(partner or self.ann).id,
            provider_id=self.wallet_provider.id,
            payment_method_id=self.wallet_provider.payment_method_ids.id,
        )

    def pay(self, amount, **options):
        tx = self.ask(amount, **options)
        tx._process("tibillet_wallet", {"reference": tx.reference})
        tx._tibillet_finish()
        return tx

    def offered(self, user, amount, partner=None, **options):
        payer = (partner or user.sudo().partner_id).id
        providers = self.env["payment.provider"].with_user(user).sudo()
        found = providers._get_compatible_providers(self.bar.id, payer, amount, **options)
        return self.wallet_provider in found

    def open_balance(self):
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.ann.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(lines.mapped("amount_residual")), 2)

    def test_offered_to_the_payer_with_enough(self):
        self.assertTrue(self.offered(self.user, 25))
        self.assertFalse(self.offered(self.user, 25.01))
        self.assertFalse(self.offered(self.bob_user, 5))
        self.assertFalse(self.offered(self.bob_user, 5, partner=self.ann), "somebody else's wallet")
        self.assertFalse(self.offered(self.env.ref("base.public_user"), 5))
        self.assertFalse(self.offered(self.user, 5, tibillet_top_up=True), "no wallet fills itself")

    def test_paid_and_booked(self):
        tx = self.pay(12)
        self.assertEqual((tx.state, tx.is_post_processed), ("done", True))
        self.assertEqual(self.held(), 1300)
        self.assertFalse(tx.payment_id)
        [line] = tx._tibillet_moves().line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        self.assertEqual((line.balance, line.partner_id), (-12, self.ann))
        self.assertEqual(self.open_balance(), -12)

    def test_told_twice_is_paid_once(self):
        tx = self.pay(12)
        tx._process("tibillet_wallet", {"reference": tx.reference})
        tx.is_post_processed = False
        tx._post_process()
        self.assertEqual((self.held(), self.open_balance()), (1300, -12))

    def test_an_invoice_is_settled(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.ann.id,
                "company_id": self.bar.id,
                "invoice_line_ids": [(0, 0, {"name": "Chair", "price_unit": 10, "tax_ids": False})],
            }
        )
        invoice.action_post()
        tx = self.ask(10)
        tx.invoice_ids = invoice
        tx._process("tibillet_wallet", {"reference": tx.reference})
        tx._tibillet_finish()
        self.assertEqual((invoice.payment_state, self.open_balance()), ("paid", 0))

    def test_not_enough_takes_nothing(self):
        tx = self.pay(26)
        self.assertEqual(tx.state, "cancel")
        self.assertIn("Missing", tx.state_message)
        self.assertEqual((self.held(), self.open_balance()), (2500, 0))

    def test_back_on_the_wallet(self):
        tx = self.pay(12)
        first = tx._refund(5)
        first._post_process()
        self.assertEqual((self.held(), self.open_balance()), (1800, -7))
        second = tx._refund(7)
        second._post_process()
        self.assertEqual((self.held(), self.open_balance()), (2500, 0))

    def test_other_venues_money_pays_and_comes_back_as_it_was(self):
        members = [(0, 0, {"place_id": place.id, "state": "accepted"}) for place in (self.bar_place, self.hall_place)]
        federation = self.env["tibillet.federation"].sudo().create({"name": "Both", "member_ids": members})
        federation._share(self.hall_euro)
        ledger_lines = (
            ledger.Line(self.ann_wallet.id, self.hall_euro.id, 1000),
            ledger.Line(self.hall_place.wallet_id.id, self.hall_euro.id, -1000),
        )
        self.env["tibillet.ledger.transaction"]._post(
            [ledger.Entry("hall:top", "top_up", self.hall_place.id, ledger_lines)]
        )
        tx = self.pay(30)
        self.assertEqual(tx.state, "done")
        self.assertEqual(self.held() + self.held(asset=self.hall_euro), 500)
        refund = tx._refund(30)
        refund._post_process()
        self.assertEqual((self.held(), self.held(asset=self.hall_euro)), (2500, 1000))
        self.assertEqual(self.open_balance(), 0)

    def test_only_the_payers_own_session_pays(self):
        tx = self.ask(12)
        self.env.flush_all()
        for login, state in (("t_bob", "draft"), ("t_ann", "done")):
            self.authenticate(login, f"{login}_{login}")
            form = {"reference": tx.reference, "csrf_token": http.Request.csrf_token(self)}
            self.url_open("/payment/wallet/pay", data=form)
            tx.invalidate_recordset()
            self.assertEqual(tx.state, state)
        self.assertEqual(self.held(), 1300)

    def test_each_venue_has_one(self):
        self.bar_place._tibillet_take_wallets()
        found = self.env["payment.provider"].search(
            [("code", "=", "tibillet_wallet"), ("company_id", "=", self.bar.id)]
        )
        self.assertEqual(len(found), 1)
