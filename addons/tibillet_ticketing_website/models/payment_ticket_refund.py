from odoo import models

GONE = ("cancel", "error")


class PaymentTransaction(models.Model):
    """The part of a payment that goes back for cancelled tickets, sent by the job that gives top-ups back."""

    _inherit = "payment.transaction"

    def _tibillet_given_left(self):
        """What this payment of an order may still give back (float, its currency)."""
        self.ensure_one()
        if self.state != "done" or self.operation == "refund" or self.tibillet_state or self.tibillet_asset_id:
            return 0.0
        refunds = self.child_transaction_ids.filtered(lambda tx: tx.operation == "refund" and tx.state not in GONE)
        return self.currency_id.round(self.amount + sum(refunds.mapped("amount")))

    def _tibillet_is_ticket_refund(self):
        return self.operation == "refund" and not self.tibillet_asset_id and self.tibillet_state

    def _tibillet_send_refund(self):
        result = super()._tibillet_send_refund()
        if self._tibillet_is_ticket_refund() and self.state == "done" and not self.is_post_processed:
            self._post_process()
        return result

    def _tibillet_free_refund(self):
        """The provider gave nothing back: a person does."""
        mine = self.filtered(lambda tx: tx._tibillet_is_ticket_refund() and tx.tibillet_state != "by_hand")
        for refund in mine:
            refund.tibillet_state = "by_hand"
            for order in refund.source_transaction_id.sale_order_ids:
                order._tibillet_ask_a_person(-refund.amount)
        others = self.filtered("tibillet_asset_id")
        return super(PaymentTransaction, others)._tibillet_free_refund() if others else None

    def _post_process(self):
        result = super()._post_process()
        for refund in self.filtered(lambda tx: tx._tibillet_is_ticket_refund() and tx.state == "done"):
            refund.tibillet_state = "returned"
            refund.source_transaction_id.sale_order_ids._tibillet_settle()
        return result
