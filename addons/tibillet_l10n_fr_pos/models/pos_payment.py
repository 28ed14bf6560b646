from odoo import api, models
from odoo.exceptions import UserError

from .pos_order import PAID

FROZEN = {"amount", "payment_method_id", "pos_order_id"}


class PosPayment(models.Model):
    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments._check_tibillet_frozen()
        return payments

    def write(self, vals):
        if not FROZEN.isdisjoint(vals):
            self._check_tibillet_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self._check_tibillet_frozen()

    def _check_tibillet_frozen(self):
        """From the moment an order is paid, sealed or not."""
        if any(order.state in PAID and order.company_id._is_accounting_unalterable() for order in self.pos_order_id):
            raise UserError(self.env._("French law: the payments of a paid order are not changed. Refund it instead."))
