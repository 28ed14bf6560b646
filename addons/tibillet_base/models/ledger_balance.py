from odoo import api, fields, models


class TibilletLedgerBalance(models.Model):
    _name = "tibillet.ledger.balance"
    _description = "Balance"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _order = "wallet_id, asset_id"

    wallet_id = fields.Many2one("tibillet.wallet", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    amount = fields.Integer(string="Minor units", readonly=True)
    held = fields.Integer(string="Held (minor units)", readonly=True, help="Reserved by payments under way.")
    floor = fields.Integer(readonly=True, help="How far below zero the balance may go, in minor units.")
    seq = fields.Integer(string="Links", readonly=True, help="Length of the balance's hash chain.")
    posting_ids = fields.One2many("tibillet.ledger.posting", "balance_id", string="Movements", readonly=True)
    value = fields.Float(string="Amount", compute="_compute_value", digits=(16, 2))
    amount_text = fields.Char(string="Balance", compute="_compute_value")
    held_text = fields.Char(string="Held", compute="_compute_value")

    @api.depends("amount", "held", "asset_id")
    def _compute_value(self):
        for balance in self:
            asset = balance.asset_id
            balance.value = balance.amount / 10**asset.decimal_places
            balance.amount_text = asset.format(balance.amount)
            balance.held_text = asset.format(balance.held) if balance.held else False

    @api.depends("wallet_id", "asset_id")
    def _compute_display_name(self):
        for balance in self:
            balance.display_name = f"{balance.wallet_id.display_name} · {balance.asset_id.name}"
