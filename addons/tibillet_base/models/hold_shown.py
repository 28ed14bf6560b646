from odoo import api, fields, models


class TibilletLedgerHold(models.Model):
    _inherit = "tibillet.ledger.hold"

    amount_text = fields.Char("Reserved", compute="_compute_amount_text")

    @api.depends("amount")
    @api.depends_context("lang")
    def _compute_amount_text(self):
        """What is reserved, asset by asset: "2,00 € + 5,50 €"."""
        self.env.cr.execute(
            "SELECT hold_id, asset_id, amount FROM tibillet_ledger_hold_line WHERE hold_id = ANY(%s) ORDER BY id",
            [self.ids],
        )
        parts = {}
        for hold, asset, amount in self.env.cr.fetchall():
            parts.setdefault(hold, []).append(self.env["tibillet.asset"].sudo().browse(asset).format(amount))
        for hold in self:
            hold.amount_text = " + ".join(parts.get(hold.id, []))
