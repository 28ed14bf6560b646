from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestPaymentMethod(TillCase):
    """The card's payment method cannot be set so that it would pay without a tap or outside the wallets' books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_till = cls.bar._tibillet_open_till("New till")
        cls.method = cls.env["pos.payment.method"].create(
            {
                "name": "Card of the network",
                "payment_method_type": "terminal",
                "use_payment_terminal": "tibillet_nfc",
                "journal_id": cls.bar.tibillet_wallet_journal_id.id,
                "company_id": cls.bar.id,
            }
        )

        cls.bank_journal = cls.new_till.payment_method_ids.filtered(
            lambda method: method.type == "bank" and not method.use_payment_terminal,
        ).journal_id

    def test_needs_the_wallet_journal(self):
        with self.assertRaisesRegex(ValidationError, "its journal must be the company's wallet journal"):
            self.method.journal_id = self.bank_journal

    def test_asks_no_customer(self):
        with self.assertRaisesRegex(ValidationError, "the card says who pays"):
            self.method.split_transactions = True

    def test_is_no_fast_payment(self):
        self.new_till.payment_method_ids = [Command.link(self.method.id)]
        with self.assertRaisesRegex(ValidationError, "cannot be a fast payment method"):
            self.new_till.write({"use_fast_payment": True, "fast_payment_method_ids": [Command.link(self.method.id)]})

    def test_fast_method_does_not_become_a_card_method(self):
        other = self.env["pos.payment.method"].create(
            {
                "name": "Other",
                "journal_id": self.bar.tibillet_wallet_journal_id.id,
                "company_id": self.bar.id,
            }
        )
        self.new_till.payment_method_ids = [Command.link(other.id)]
        self.new_till.write({"use_fast_payment": True, "fast_payment_method_ids": [Command.link(other.id)]})
        with self.assertRaisesRegex(ValidationError, "cannot be a fast payment method"):
            other.write({"payment_method_type": "terminal", "use_payment_terminal": "tibillet_nfc"})

    def test_form_chooses_the_wallet_journal(self):
        with Form(self.env["pos.payment.method"].with_company(self.bar)) as form:
            form.name = "Tap"
            form.journal_id = self.bank_journal
            form.payment_method_type = "terminal"
            form.use_payment_terminal = "tibillet_nfc"
        self.assertEqual(form.record.journal_id, self.bar.tibillet_wallet_journal_id)

    def test_box_address_is_a_web_socket(self):
        with self.assertRaisesRegex(ValidationError, "starts with ws:// or wss://"):
            self.new_till.tibillet_box_url = "http://127.0.0.1:8070"

    def test_opened_till_is_ready(self):
        methods = self.new_till.payment_method_ids
        self.assertEqual(set(methods.mapped("type")), {"cash", "bank"})
        self.assertEqual(methods._tibillet_nfc(), self.till.payment_method_ids._tibillet_nfc())
        self.assertEqual(self.bar.point_of_sale_update_stock_quantities, "closing")
        self.assertTrue(self.top_up_product.available_in_pos)
        data = self.pos_session.with_user(self.cashier).load_data([])
        self.assertIn("tibillet_hold", data["pos.session"] and self.env["pos.payment"]._fields)
        [config] = data["pos.config"]
        self.assertEqual(config["tibillet_box_url"], "ws://127.0.0.1:8070/taps")
        top_ups = [product["id"] for product in data["product.template"] if product["tibillet_is_top_up"]]
        self.assertIn(self.top_up_product.product_tmpl_id.id, top_ups)
