from odoo import api, models
from odoo.tools import float_compare

from odoo.addons.tibillet_base import keyring


class PaymentTransaction(models.Model):
    """Money that was paid and may not enter the wallet goes back whole, by a job: a provider is called after the commit.

    The reason is a ceiling that was passed between the choice and the payment, or a holder erased meanwhile.
    """

    _inherit = "payment.transaction"

    def _tibillet_give_back(self):
        self.tibillet_state = "returning"
        self.env.ref("tibillet_payment.cron_give_back").sudo()._trigger()

    @api.model
    def _cron_tibillet_give_back(self):
        if not keyring.is_original(self.env):
            return  # in a copy of the database no money leaves
        waiting = self.search([("tibillet_state", "=", "returning"), ("operation", "!=", "refund")], order="id")
        left = len(waiting)
        for tx in waiting:
            tx._tibillet_send_back()
            left -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    def _tibillet_send_back(self):
        """Ask the provider once: whatever it answers, a person decides what comes next, never a loop."""
        tx = self.try_lock_for_update()
        if not tx or tx.tibillet_state != "returning":
            return
        if tx.provider_id.support_refund == "none" or tx.provider_id.state == "disabled":
            tx._tibillet_leave_to_hand()
            return
        refund = tx._refund()
        if refund.state in ("error", "cancel"):
            tx._tibillet_leave_to_hand()
            return
        tx.tibillet_state = "returned"
        if refund.state == "done" and not refund.is_post_processed:
            refund._post_process()

    def _tibillet_leave_to_hand(self):
        self.tibillet_state = "by_hand"

    def _post_process(self):
        processed = super()._post_process()
        for refund in self.filtered(lambda tx: tx.operation == "refund" and tx.state == "done"):
            source = refund.source_transaction_id
            whole = (
                float_compare(refund.amount, -source.amount, precision_digits=source.currency_id.decimal_places) == 0
            )
            if source.tibillet_state == "returned" and whole:
                (source | refund)._tibillet_of_venue()._tibillet_settle_moves()
        return processed

    def _tibillet_moves(self):
        """The entries of these payments in the books (account.move)."""
        return self.payment_id.move_id

    def _tibillet_settle_moves(self, others=None):
        """Reconcile what these payments, and the entries `others`, left open on their customers' accounts."""
        moves = self._tibillet_moves() | (others or self.env["account.move"])
        lines = moves.filtered(lambda move: move.state == "posted").line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )
        for group in lines.grouped(lambda line: (line.account_id, line.partner_id)).values():
            if len(group) > 1:
                group.with_company(group.company_id[:1]).reconcile()
