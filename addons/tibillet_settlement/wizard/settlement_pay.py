import uuid

from odoo import api, fields, models


class TibilletSettlementPay(models.TransientModel):
    """One transfer to another venue, whose debt is proposed."""

    _name = "tibillet.settlement.pay"
    _description = "Record a transfer to another venue"

    key = fields.Char(required=True, readonly=True, default=lambda self: f"settle:{uuid.uuid4()}")
    pair_id = fields.Many2one("tibillet.settlement.pair", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="pair_id.currency_id")
    amount = fields.Monetary(required=True, compute="_compute_amount", store=True, readonly=False)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reference = fields.Char(required=True)

    @api.depends("pair_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = max(-wizard.pair_id.balance, 0)

    def action_record(self):
        self.ensure_one()
        self.pair_id.check_access("read")
        pair = self.pair_id.sudo()
        transfer = self.env["tibillet.settlement.transfer"]._record(
            self.key, pair.company_id, pair.other_id, self.amount, self.reference, self.date
        )
        return transfer.action_open_entries()
