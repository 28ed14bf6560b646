from odoo import api, fields, models


class TibilletWallet(models.Model):
    """How a wallet is shown: its holder and what lies in it, in words."""

    _inherit = "tibillet.wallet"

    balance_text = fields.Char("Balance", compute="_compute_balance_text")
    card_ids = fields.Many2many("tibillet.card", string="Cards", compute="_compute_card_ids")

    @api.depends("balance_ids.amount")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_balance_text(self):
        """Of the assets that the user may read."""
        balances = self.env["tibillet.ledger.balance"].search([("wallet_id", "in", self.ids), ("amount", "!=", 0)])
        for wallet in self:
            wallet.balance_text = " · ".join(
                balances.filtered(lambda balance, wallet=wallet: balance.wallet_id == wallet).mapped("amount_text")
            )

    @api.depends("partner_id", "card_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_card_ids(self):
        for wallet in self:
            wallet.card_ids = wallet.card_id or self.env["tibillet.card"].search(
                [("partner_id", "=", wallet.partner_id.id), ("partner_id", "!=", False)]
            )

    def _statement_moves(self):
        """Postings of the statement, the oldest first, as far as the user may read them."""
        self.ensure_one()
        return self.env["tibillet.ledger.posting"].search([("wallet_id", "=", self.id)], order="id")
