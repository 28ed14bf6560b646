import uuid

from odoo import Command, api, fields, models


class TibilletSettlementNetting(models.TransientModel):
    """The fewest transfers by which every venue would be even, in one currency: a proposal until it is recorded."""

    _name = "tibillet.settlement.netting"
    _description = "Netting of the network"
    _rec_name = "reference"

    key = fields.Char(required=True, readonly=True, default=lambda self: f"round:{uuid.uuid4()}")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reference = fields.Char(required=True)
    line_ids = fields.One2many("tibillet.settlement.netting.line", "netting_id", readonly=True)

    @api.model
    def action_propose(self):
        """Open the proposal of this moment, in the currency of the company that one works for."""
        self.check_access("create")
        currency = self.env.company.currency_id
        month = fields.Date.context_today(self).strftime("%Y-%m")
        netting = self.create(
            {
                "currency_id": currency.id,
                "reference": self.env._("Network %s", month),
                "line_ids": [
                    Command.create({"kind": kind, "payer_id": payer.id, "payee_id": payee.id, "amount": amount})
                    for kind, payer, payee, amount in self.env["tibillet.settlement.round"].sudo()._plan(currency)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Netting proposal"),
            "res_model": self._name,
            "res_id": netting.id,
            "view_mode": "form",
        }

    def action_record(self):
        """Settle the whole network as proposed, in the books of every venue."""
        self.ensure_one()
        netting = self.sudo()
        plan = [(line.kind, line.payer_id, line.payee_id, line.amount) for line in netting.line_ids]
        act = self.env["tibillet.settlement.round"]._record(
            self.key, netting.currency_id, plan, self.reference, self.date
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement of the network"),
            "res_model": act._name,
            "res_id": act.id,
            "view_mode": "form",
        }


class TibilletSettlementNettingLine(models.TransientModel):
    _name = "tibillet.settlement.netting.line"
    _description = "Proposed transfer"

    netting_id = fields.Many2one("tibillet.settlement.netting", required=True, ondelete="cascade")
    kind = fields.Selection([("pair", "Two by two"), ("network", "Whole network")], required=True, readonly=True)
    payer_id = fields.Many2one("res.company", "Paid by", required=True, readonly=True)
    payee_id = fields.Many2one("res.company", "Paid to", required=True, readonly=True)
    currency_id = fields.Many2one(related="netting_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
