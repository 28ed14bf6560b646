from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    """A cup that is lent: its price is a deposit, owed to whoever brings it back."""

    _inherit = "product.template"

    tibillet_deposit = fields.Boolean(
        "Deposit", help="Lent against its price, which is paid back when it comes back: no sale, no tax."
    )

    @api.constrains("tibillet_deposit", "tibillet_asset_id", "taxes_id", "list_price")
    def _check_tibillet_deposit(self):
        for product in self.filtered("tibillet_deposit"):
            if product.sudo().taxes_id:
                raise ValidationError(self.env._("A deposit bears no tax: it is paid back."))
            if product.tibillet_asset_id:
                raise ValidationError(self.env._("A product fills a card or is a deposit, not both."))
            if product.list_price <= 0:
                raise ValidationError(self.env._("A deposit has a price: what is paid back when it comes back."))

    def _force_default_tax(self, companies):
        """The taxes that every new product gets are none of a deposit."""
        return super(ProductTemplate, self.filtered(lambda product: not product.tibillet_deposit))._force_default_tax(
            companies
        )

    def _get_product_accounts(self):
        """A deposit is no income: it is owed to whoever brings the cup back."""
        accounts = super()._get_product_accounts()
        if self.tibillet_deposit:
            accounts["income"] = (self.company_id or self.env.company)._tibillet_deposit_account()
        return accounts

    def get_product_accounts(self, fiscal_pos=None):
        accounts = super().get_product_accounts(fiscal_pos)
        if self.tibillet_deposit:
            accounts["income"] = self._get_product_accounts()["income"]
        return accounts
