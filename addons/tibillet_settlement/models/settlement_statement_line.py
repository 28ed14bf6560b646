from odoo import api, fields, models
from odoo.fields import Domain


class TibilletSettlementStatementLine(models.Model):
    _name = "tibillet.settlement.statement.line"
    _description = "Line of a settlement statement"
    _order = "asset_id, side, kind"

    statement_id = fields.Many2one(
        "tibillet.settlement.statement", required=True, readonly=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="statement_id.currency_id")
    asset_id = fields.Many2one("tibillet.asset", required=True, readonly=True, ondelete="restrict")
    side = fields.Selection(
        [("accepted", "Their currency, taken here"), ("issued", "Our currency, taken there")],
        required=True,
        readonly=True,
    )
    kind = fields.Selection(selection="_kinds", required=True, readonly=True)
    count = fields.Integer("Operations", readonly=True)
    amount = fields.Monetary("Owed to us", readonly=True)

    @api.model
    def _kinds(self):
        return self.env["tibillet.ledger.posting"]._kinds()

    def action_open_moves(self):
        """The operations behind this line."""
        action = self.statement_id.action_open_moves()
        mine = (
            Domain("asset_id", "=", self.asset_id.id) & Domain("side", "=", self.side) & Domain("kind", "=", self.kind)
        )
        return {**action, "domain": list(Domain(action["domain"]) & mine)}
