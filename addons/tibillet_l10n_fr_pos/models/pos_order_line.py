from odoo import api, models

from odoo.addons.l10n_fr_pos_cert.models.pos import LINE_FIELDS

FROZEN = {*LINE_FIELDS, "order_id", "price_subtotal", "price_subtotal_incl"}


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._check_tibillet_frozen()
        return lines

    def write(self, vals):
        if not FROZEN.isdisjoint(vals):
            self.order_id._check_tibillet_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self.order_id._check_tibillet_frozen()
