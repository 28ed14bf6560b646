from odoo import api, models

FROZEN = {"amount", "payment_method_id", "pos_order_id"}


class PosPayment(models.Model):
    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments.pos_order_id._check_tibillet_frozen()
        return payments

    def write(self, vals):
        if not FROZEN.isdisjoint(vals):
            self.pos_order_id._check_tibillet_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self.pos_order_id._check_tibillet_frozen()
