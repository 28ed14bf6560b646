from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.l10n_fr_pos_cert.models.pos import LINE_FIELDS

from .pos_order import PAID

FROZEN = {*LINE_FIELDS, "order_id", "price_subtotal", "price_subtotal_incl"}


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_tibillet_frozen()
        return lines

    def write(self, vals):
        if not FROZEN.isdisjoint(vals):
            self._check_tibillet_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self._check_tibillet_frozen()

    def _check_tibillet_frozen(self):
        """From the moment an order is paid, sealed or not."""
        if any(order.state in PAID and order.company_id._is_accounting_unalterable() for order in self.order_id):
            raise UserError(self.env._("French law: what was paid is not changed. Refund the order instead."))
