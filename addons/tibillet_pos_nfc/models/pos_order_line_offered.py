from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import offer_key


class PosOrderLine(models.Model):
    """An article that the house offers: free for the customer, with what it would have cost; a manager approved it."""

    _inherit = "pos.order.line"

    tibillet_offered = fields.Boolean("Offered", copy=False)
    tibillet_list_price = fields.Float(
        "Price before the offer", digits="Product Price", readonly=True, copy=False, help="Of one unit."
    )

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "tibillet_offered", "tibillet_list_price"]

    def _check_tibillet_offered(self):
        """Refuse an offer that no manager approved, that is not free, or that grew since.

        :raise UserError: a sentence for the cashier
        """
        for line in self.filtered("tibillet_offered"):
            act = self.env["tibillet.till.act"]._of_key(offer_key(line.uuid))
            line.tibillet_list_price = line._tibillet_price_before()
            worth = round(line.tibillet_list_price * line.qty * 10**line.currency_id.decimal_places)
            if not act or act.order_uuid != line.order_id.uuid or act.company_id != line.order_id.company_id:
                raise UserError(
                    self.env._("%s is offered without a manager's word. Offer it again.", line.product_id.name)
                )
            if line.price_unit or line.qty <= 0:
                raise UserError(self.env._("%s is offered: its price is zero.", line.product_id.name))
            if worth > act.amount:
                raise UserError(
                    self.env._(
                        "%(product)s: more is offered than the manager approved. Offer it again.",
                        product=line.product_id.name,
                    )
                )

    def _tibillet_price_before(self):
        """What one unit costs without the offer, as the price list says."""
        return self.order_id.pricelist_id._get_product_price(self.product_id, self.qty, currency=self.currency_id)
