from odoo import api, models

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
