from odoo import api, fields, models
from odoo.tools import SQL


class PaymentTransaction(models.Model):
    """A payment made on Stripe's hosted page."""

    _inherit = "payment.transaction"

    tibillet_link_id = fields.Many2one(
        "tibillet.top.up.link", "Top-up link", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    tibillet_session = fields.Char("Checkout Session", readonly=True, copy=False, index="btree_not_null")

    @api.model
    def _tibillet_of_session(self, provider, session_id):
        """The payment (sudo) of a Checkout Session, else empty: another shop may share the account."""
        return self.sudo().search([("provider_id", "=", provider.id), ("tibillet_session", "=", session_id)])

    def _tibillet_read_session(self):
        """Ask Stripe what became of this payment's page, and take it over.

        :return: the session, a dict
        :raise stripe.StripeError: Stripe does not answer
        """
        self.ensure_one()
        self.flush_recordset()
        # Webhook and payer at once: the second fails here, is run again by Odoo, and finds what the first has done.
        self.env.cr.execute(
            SQL("SELECT id FROM payment_transaction WHERE id = %s FOR UPDATE", self.id), log_exceptions=False
        )
        sessions = self.provider_id._tibillet_stripe().v1.checkout.sessions
        params = {"expand": ["payment_intent.payment_method"]}
        session = sessions.retrieve(self.tibillet_session, params).to_dict()
        self._tibillet_hear_session(session)
        return session

    def _tibillet_hear_session(self, session):
        intent = session.get("payment_intent")
        if session["status"] == "expired" and self.state == "draft":
            self._set_canceled()
        if session["status"] != "complete" or not intent:
            return
        asked = (self.reference, self.tibillet_link_id._minor(), self.currency_id.name.lower())
        if (session["client_reference_id"], session["amount_total"], session["currency"]) != asked:
            intent = {**intent, "amount": 0}  # refused as a wrong amount is
        said = {"reference": self.reference, "payment_intent": intent, "payment_method": intent.get("payment_method")}
        self.with_context(tibillet_just_read=True)._process("stripe", said)

    def _tibillet_fetch_again(self, payment_data):
        if self.env.context.get("tibillet_just_read"):
            return payment_data
        return super()._tibillet_fetch_again(payment_data)

    def _update_state(self, allowed_states, target_state, state_message):
        changed = super()._update_state(allowed_states, target_state, state_message)
        if target_state == "done":
            changed.filtered(lambda tx: tx.operation != "refund").tibillet_link_id.sudo().state = "paid"
        return changed
