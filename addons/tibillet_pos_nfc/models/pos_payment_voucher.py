from odoo import models


class PosPayment(models.Model):
    """Single-purpose money pays, and is given back for, articles of its own tax only."""

    _inherit = "pos.payment"

    def _tibillet_requests(self):
        requests = super()._tibillet_requests()
        self.pos_order_id._check_tibillet_vouchers(requests)
        return requests
