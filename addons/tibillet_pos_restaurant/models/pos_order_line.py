from odoo import models

from .. import sent


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _tibillet_as_sent(self):
        """A line of a direct sale, which is sent by being paid."""
        return sent.Sent(max(self.qty, 0), sent.words(self.note, self.customer_note), {})
