from odoo import fields, models


class PaymentTransaction(models.Model):
    """The debit of an automatic top-up."""

    _inherit = "payment.transaction"

    tibillet_auto_id = fields.Many2one(
        "tibillet.auto.top.up", "Automatic top-up", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    def _tibillet_debit(self):
        """Ask the provider. Its idempotency key is made of the reference: asked twice, it debits once."""
        tx = self.try_lock_for_update()
        if tx.state != "draft":
            return
        tx._charge_with_token()
        if tx.state == "draft":  # a confirmation is wanted, and nobody is there
            tx._set_error(self.env._("Your bank wants you to confirm: top up by hand this time."))

    def _update_state(self, allowed_states, target_state, state_message):
        changed = super()._update_state(allowed_states, target_state, state_message)
        for tx in changed.filtered(lambda tx: tx.tibillet_auto_id and tx.operation != "refund"):
            if target_state in ("done", "error", "cancel"):
                tx.tibillet_auto_id.sudo()._hear(tx)
        return changed
