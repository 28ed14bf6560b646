from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    tibillet_asset_id = fields.Many2one(
        "tibillet.asset",
        "Tops up",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kind', '=', 'money')]",
        help="Sold at the till, it credits a card with this currency. No tax: it is due when the card is spent.",
    )

    @api.constrains("tibillet_asset_id", "taxes_id", "type")
    def _check_topup(self):
        for product in self.filtered("tibillet_asset_id"):
            if product.sudo().taxes_id:
                raise ValidationError(self.env._("A top-up bears no tax: it is due when the card is spent."))
            if product.tibillet_asset_id.kind != "money":
                raise ValidationError(self.env._("Only money is sold. Gift, time and points are given."))
            if product.type != "service":
                raise ValidationError(self.env._("A top-up is a service: nothing leaves the stock."))

    def _get_product_accounts(self):
        """A top-up is no income: it is owed to the holder, or to the venue that issued the currency."""
        accounts = super()._get_product_accounts()
        if self.tibillet_asset_id:
            accounts["income"], _partner = self.tibillet_asset_id._counterpart_account(
                self.company_id or self.env.company
            )
        return accounts

    def get_product_accounts(self, fiscal_pos=None):
        accounts = super().get_product_accounts(fiscal_pos)
        if self.tibillet_asset_id:
            accounts["income"] = self._get_product_accounts()["income"]
        return accounts
