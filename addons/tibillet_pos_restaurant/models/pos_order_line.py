from odoo import models

from .. import sent


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _tibillet_as_sent(self):
        """A line of a direct sale, which is sent by being paid."""
        return sent.Sent(max(self.qty, 0), sent.words(self.note, self.customer_note), {})

    def _tibillet_cancel(self, session, qty, approver, reason, key):
        """Log that a manager lets `qty` of this line go, and tell each screen that it may. Once for each key."""
        self.ensure_one()
        worth = (self.price_subtotal_incl / self.qty if self.qty else self.price_unit) * qty
        act = self.env["tibillet.till.act"]._log(
            session,
            "cancel_line",
            amount=round(worth * 10**self.currency_id.decimal_places),
            approver_id=approver.id,
            reason=": ".join(filter(None, (f"{qty:g} × {self.full_product_name}", reason))),
            key=f"cancel:{key}:{self.uuid}",
            order_uuid=self.order_id.uuid,
        )
        if act:
            self.env["tibillet.prep.line"].sudo()._of(self.order_id.uuid, self.uuid)._let_go(qty)
