from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestTopupProduct(CashlessCase):
    def test_made_once_per_venue(self):
        product = self.bar_euro._topup_product(self.bar)
        self.assertEqual(self.bar_euro._topup_product(self.bar), product)
        self.assertNotEqual(self.bar_euro._topup_product(self.hall), product)
        self.assertFalse(product.taxes_id)
        self.assertEqual((product.type, product.sale_ok, product.company_id), ("service", False, self.bar))

    def test_income_is_the_debt_to_the_holder_or_to_the_issuer(self):
        at_home = self.bar_euro._topup_product(self.bar).with_company(self.bar)
        away = self.bar_euro._topup_product(self.hall).with_company(self.hall)
        self.assertEqual(at_home._get_product_accounts()["income"], self.bar_euro.account_id)
        self.assertEqual(away._get_product_accounts()["income"], self.hall.tibillet_settlement_account_id)

    def test_no_fiscal_position_moves_it(self):
        product = self.bar_euro._topup_product(self.bar)
        position = self.env["account.fiscal.position"].create(
            {
                "name": "Abroad",
                "company_id": self.bar.id,
                "account_ids": [
                    Command.create(
                        {
                            "account_src_id": self.bar_euro.account_id.id,
                            "account_dest_id": self.company_data["default_account_revenue"].id,
                        }
                    )
                ],
            }
        )
        accounts = product.product_tmpl_id.get_product_accounts(fiscal_pos=position)
        self.assertEqual(accounts["income"], self.bar_euro.account_id)

    def test_it_bears_no_tax_and_is_a_service(self):
        product = self.bar_euro._topup_product(self.bar)
        with self.assertRaisesRegex(ValidationError, "bears no tax"), self.cr.savepoint():
            product.taxes_id = self.tax_sale_a
        with self.assertRaisesRegex(ValidationError, "is a service"), self.cr.savepoint():
            product.type = "consu"

    def test_only_money_is_sold(self):
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Thanks",
                "code": "GIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        with self.assertRaisesRegex(ValidationError, "Only money is sold"):
            gift._topup_product(self.bar)

    def test_no_invoice_tops_up(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.ann.id,
                "invoice_line_ids": [
                    Command.create({"product_id": self.bar_euro._topup_product(self.bar).id, "price_unit": 20.0})
                ],
            }
        )
        with self.assertRaisesRegex(UserError, "would credit no card"):
            invoice.action_post()

    def test_other_products_keep_their_account(self):
        self.assertEqual(self.product_a._get_product_accounts()["income"], self.company_data["default_account_revenue"])
