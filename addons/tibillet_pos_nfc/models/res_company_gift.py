from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

GIFT_CREDIT = _lt("Gift credit")


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_gift_product_id = fields.Many2one(
        "product.product",
        "Gift credit on receipts",
        readonly=True,
        help="The article of the lines by which gift credit lowers a price. Its income account is where they are booked.",
    )

    def _tibillet_gift_product(self):
        """The article of the lines by which gift credit lowers a price (sudo), made on first need."""
        self.ensure_one()
        company = self.sudo()
        if not company.tibillet_gift_product_id:
            product = self.env["product.product"].sudo().with_company(company)
            company.tibillet_gift_product_id = product.create(
                {
                    "name": GIFT_CREDIT._translate("en_US"),
                    "type": "service",
                    "company_id": company.id,
                    "list_price": 0.0,
                    "taxes_id": [fields.Command.clear()],
                    "supplier_taxes_id": [fields.Command.clear()],
                    "sale_ok": False,
                    "purchase_ok": False,
                }
            )
            company._tibillet_translate(company.tibillet_gift_product_id, GIFT_CREDIT)
        return company.tibillet_gift_product_id
