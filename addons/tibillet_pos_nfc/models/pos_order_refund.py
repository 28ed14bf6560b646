from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """Gift credit is no money: what it paid goes back to the card, never into a hand."""

    _inherit = "pos.order"

    def _tibillet_refunds_before(self):
        """The orders that this one refunds, and their refunds so far."""
        sold = self.lines.refunded_orderline_id.order_id
        refunds = sold.lines.refund_orderline_ids.order_id.filtered(lambda order: order.state in ("paid", "done"))
        return sold | refunds

    def _tibillet_paid_out(self):
        """Minor units that came back otherwise than to a card, beyond what was paid so."""
        payments = self._tibillet_refunds_before().payment_ids
        return max(-sum(payment._tibillet_minor() for payment in payments - payments._tibillet_nfc()), 0)

    def _check_tibillet_gift_back(self):
        """Refuse to pay out in cash or by bank what gift credit had paid.

        :raise UserError: a sentence for the cashier
        """
        self.ensure_one()
        before = self._tibillet_refunds_before()
        if not before or not self.company_id.tibillet_place_id:
            return
        parts = self.env["tibillet.order.line.split"].sudo().search([("order_id", "in", before.ids)])
        # What lowered a price was not paid: its own lines bring it back.
        paid = parts.filtered("payment_method_id")
        gift = sum(paid.filtered(lambda part: part.asset_id.kind == "gift").mapped("amount"))
        if self.currency_id.compare_amounts(gift, 0) <= 0:
            return
        # Already counted: what each order sold or gave back, whatever it was paid with.
        money = sum(line._tibillet_price() for line in before.lines) - gift
        paid_out = -sum((self.payment_ids - self.payment_ids._tibillet_nfc()).mapped("amount"))
        if self.currency_id.compare_amounts(paid_out, money) > 0:
            raise UserError(
                self.env._(
                    "%(gift)s of this was paid with gift credit, which is never paid out: refund to the card.",
                    gift=self.currency_id.format(gift),
                )
            )
