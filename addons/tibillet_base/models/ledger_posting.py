from odoo import api, fields, models


class TibilletLedgerPosting(models.Model):
    _name = "tibillet.ledger.posting"
    _description = "Ledger Posting"
    _inherit = ["tibillet.ledger.shown.mixin"]
    _auto = False
    _log_access = False
    _rec_name = "transaction_id"
    _order = "id desc"

    transaction_id = fields.Many2one("tibillet.ledger.transaction", readonly=True)
    created_at = fields.Datetime(string="Date", readonly=True)
    kind = fields.Selection("_kinds", readonly=True)
    wallet_id = fields.Many2one("tibillet.wallet", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    place_id = fields.Many2one("tibillet.place", string="Place of the act", readonly=True)
    issuer_id = fields.Many2one("tibillet.place", string="Issuing place", readonly=True)
    balance_id = fields.Many2one("tibillet.ledger.balance", string="Balance", readonly=True)
    amount = fields.Integer(string="Minor units", readonly=True, help="Signed, in the asset's minor unit.")
    seq = fields.Integer(string="Link", readonly=True, help="Place of the posting in its balance's chain.")
    balance_after = fields.Integer(string="Balance after (minor units)", readonly=True)
    value = fields.Float(string="Amount", compute="_compute_value", digits=(16, 2))
    amount_text = fields.Char(string="Moved", compute="_compute_value")
    after_text = fields.Char(string="Balance after", compute="_compute_value")

    @api.model
    def _kinds(self):
        return [
            ("issue", self.env._("Issue")),
            ("top_up", self.env._("Top-up")),
            ("spend", self.env._("Spend")),
            ("refund", self.env._("Refund of goods")),
            ("cash_out", self.env._("Balance paid back")),
            ("transfer", self.env._("Transfer")),
            ("merge", self.env._("Wallets merged")),
            ("reversal", self.env._("Reversal")),
            ("void", self.env._("Void")),
        ]

    @api.depends("amount", "asset_id")
    def _compute_value(self):
        for posting in self:
            asset = posting.asset_id
            posting.value = posting.amount / 10**asset.decimal_places
            posting.amount_text = asset.format(posting.amount)
            posting.after_text = asset.format(posting.balance_after) if posting.balance_id else False
