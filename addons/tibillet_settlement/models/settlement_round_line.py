from odoo import fields, models

KINDS = [("pair", "Debt set off"), ("network", "Transfer")]


class TibilletSettlementRoundLine(models.Model):
    """A debt that the round set off, or a transfer that pays what was left."""

    _name = "tibillet.settlement.round.line"
    _description = "Line of a settlement of the network"
    _order = "kind desc, amount desc, id"

    round_id = fields.Many2one(
        "tibillet.settlement.round", "Settlement", required=True, readonly=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    payer_id = fields.Many2one("res.company", "Paid by", required=True, readonly=True, ondelete="restrict", index=True)
    payee_id = fields.Many2one("res.company", "Paid to", required=True, readonly=True, ondelete="restrict", index=True)
    currency_id = fields.Many2one(related="round_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "What is settled is above zero.")
    _two_venues = models.Constraint("CHECK (payer_id <> payee_id)", "A venue owes itself nothing.")
