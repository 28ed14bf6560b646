from odoo import api, fields, models

from ..const import KINDS


class TibilletStripePayoutLine(models.Model):
    """One movement of the balance at Stripe, and the payment of ours that it is."""

    _name = "tibillet.stripe.payout.line"
    _description = "Line of a payout"
    _order = "payout_id, id"

    payout_id = fields.Many2one("tibillet.stripe.payout", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="payout_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="payout_id.currency_id")
    name = fields.Char("Number at Stripe", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("charge", "Charge"),
            ("refund", "Refund"),
            ("dispute", "Dispute"),
            ("adjustment", "Adjustment"),
            ("fee", "Fee"),
            ("payout", "Payout sent back"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
    )
    description = fields.Char(readonly=True)
    source = fields.Char("Object at Stripe", readonly=True, help="The charge, refund or dispute, as Stripe numbers it.")
    reference = fields.Char("Payment at Stripe", readonly=True)
    amount = fields.Monetary(readonly=True)
    fee = fields.Monetary(readonly=True)
    net = fields.Monetary(readonly=True)
    transaction_id = fields.Many2one("payment.transaction", "Online payment", readonly=True, index="btree_not_null")
    payment_id = fields.Many2one("account.payment", "Payment", related="transaction_id.payment_id")
    state = fields.Selection(
        [("matched", "Matched"), ("fee", "Fee"), ("unknown", "Unknown")], "Status", required=True, readonly=True
    )

    _once = models.UniqueIndex("(payout_id, name)", "This movement is in the payout already.")

    @api.model
    def _values(self, payout, said):
        """What to keep of a balance transaction of Stripe (dict, its source expanded)."""
        source = said.get("source")
        source = source if isinstance(source, dict) else {"id": source}
        kind = KINDS.get(said["type"], "other")
        if kind == "adjustment" and (said.get("reporting_category") or "").startswith("dispute"):
            kind = "dispute"
        digits = 10**payout.currency_id.decimal_places
        amount, fee = said["amount"] / digits, said["fee"] / digits
        return {
            "payout_id": payout.id,
            "name": said["id"],
            "kind": kind,
            "description": said.get("description") or said["type"],
            "source": source.get("id"),
            "reference": source["id"] if kind in ("refund", "payout") else source.get("payment_intent"),
            # A fee of its own is a fee like those withheld from charges.
            "amount": 0.0 if kind == "fee" else amount,
            "fee": fee - amount if kind == "fee" else fee,
            "net": said["net"] / digits,
            "state": "fee" if kind == "fee" else "unknown",
        }

    def _find(self):
        """Tie each line to the payment of ours that it is; what is not found stays unknown."""
        payments = self.env["payment.transaction"]
        for line in self.filtered(lambda line: line.state == "unknown" and line.reference):
            line.transaction_id = payments.search(
                [
                    ("provider_id", "=", line.payout_id.provider_id.id),
                    ("provider_reference", "=", line.reference),
                    ("operation", "=" if line.kind == "refund" else "!=", "refund"),
                ],
                limit=1,
            )
            if line._open_item():
                line.state = "matched"

    def _open_item(self):
        """The journal item (or empty) that this line settles: of the payment, or of the payout that came back."""
        self.ensure_one()
        items = self.env["account.move.line"]
        if self.kind in ("charge", "refund"):
            payment = self.payment_id
            items = payment.move_id.line_ids.filtered(lambda item: item.account_id == payment.outstanding_account_id)
        elif self.kind == "payout":
            sent = self.payout_id.search(
                [("provider_id", "=", self.payout_id.provider_id.id), ("name", "=", self.reference)]
            )
            items = sent.transit_item_id
        return items.filtered(
            lambda item: (
                item.account_id.reconcile
                and item.parent_state == "posted"
                and not item.currency_id.compare_amounts(item.amount_residual, self.amount)
            )
        )[:1]
