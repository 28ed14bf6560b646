from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_pos_nfc.const import offer_key

FROZEN = {"product_id", "qty", "price_unit", "price_subtotal", "price_subtotal_incl", "discount", "order_id", "tax_ids"}


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id.session_id._tibillet_check_open()
        return lines

    def write(self, vals):
        if not FROZEN.isdisjoint(vals):
            self.order_id.session_id._tibillet_check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.order_id.session_id._tibillet_check_open()

    def _check_tibillet_offered(self):
        """A word given in training offers nothing real."""
        for line in self.filtered("tibillet_offered"):
            act = self.env["tibillet.till.act"]._of_key(offer_key(line.uuid))
            if act.session_id.tibillet_training:
                raise UserError(self.env._("%s was offered in training. Offer it again.", line.product_id.name))
        return super()._check_tibillet_offered()
