from odoo import Command, api, fields, models


class TibilletSettlementNetting(models.TransientModel):
    """The fewest transfers by which every venue would be even: a proposal, nothing is booked."""

    _name = "tibillet.settlement.netting"
    _description = "Netting of the network"

    line_ids = fields.One2many("tibillet.settlement.netting.line", "netting_id", readonly=True)

    @api.model
    def action_propose(self):
        """Open the proposal of this moment."""
        self.check_access("create")
        netting = self.create({"line_ids": [Command.create(vals) for vals in self._proposal()]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Netting proposal"),
            "res_model": self._name,
            "res_id": netting.id,
            "view_mode": "form",
        }

    @api.model
    def _proposal(self):
        """Values of the lines: both directions of a pair in one transfer, then the whole network, by currency."""
        pairs = self.env["tibillet.settlement.pair"].sudo()
        pairs._open_missing()
        pairs = pairs.search([])
        lines = [
            {"kind": "pair", "payer_id": pair.company_id.id, "payee_id": pair.other_id.id, "amount": -pair.balance}
            for pair in pairs
            if pair.currency_id.compare_amounts(pair.balance, 0) < 0
        ]
        for currency in pairs.currency_id:
            mine = pairs.filtered(lambda pair, currency=currency: pair.currency_id == currency)
            nets = {
                company: sum(pair.balance for pair in mine if pair.company_id == company) for company in mine.company_id
            }
            lines += [
                {"kind": "network", "payer_id": payer.id, "payee_id": payee.id, "amount": amount}
                for payer, payee, amount in self._fewest(nets, currency)
            ]
        return lines

    @api.model
    def _fewest(self, nets, currency):
        """(payer, payee, amount) that bring `nets` ({company: what it is owed}) to zero, largest first."""
        nets = {company: currency.round(net) for company, net in nets.items()}
        while any(not currency.is_zero(net) for net in nets.values()):
            payer, payee = min(nets, key=nets.get), max(nets, key=nets.get)
            amount = min(-nets[payer], nets[payee])
            if amount <= 0:
                break
            yield payer, payee, amount
            nets[payer], nets[payee] = currency.round(nets[payer] + amount), currency.round(nets[payee] - amount)


class TibilletSettlementNettingLine(models.TransientModel):
    _name = "tibillet.settlement.netting.line"
    _description = "Proposed transfer"

    netting_id = fields.Many2one("tibillet.settlement.netting", required=True, ondelete="cascade")
    kind = fields.Selection([("pair", "Two by two"), ("network", "Whole network")], required=True, readonly=True)
    payer_id = fields.Many2one("res.company", "Paid by", required=True, readonly=True)
    payee_id = fields.Many2one("res.company", "Paid to", required=True, readonly=True)
    currency_id = fields.Many2one(related="payer_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
