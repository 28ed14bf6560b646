from odoo import api, fields, models
from odoo.tools import SQL


class TibilletLedgerReport(models.Model):
    """Postings in whole units, for graphs and pivots; a line of a place's wallet is the other side of a holder's."""

    _name = "tibillet.ledger.report"
    _description = "Analysis of the ledger"
    _auto = False
    _rec_name = "transaction_id"
    _order = "date desc, id desc"

    date = fields.Datetime(readonly=True)
    transaction_id = fields.Many2one("tibillet.ledger.transaction", readonly=True)
    kind = fields.Selection(lambda self: self.env["tibillet.ledger.posting"]._kinds(), readonly=True)
    side = fields.Selection([("holder", "Holders"), ("place", "Places")], readonly=True)
    wallet_id = fields.Many2one("tibillet.wallet", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    place_id = fields.Many2one("tibillet.place", "Place of the act", readonly=True)
    issuer_id = fields.Many2one("tibillet.place", "Issuer", readonly=True)
    value = fields.Float("Amount", readonly=True, digits=(16, 2), help="In units of the asset; time in hours.")
    count = fields.Integer("Movements", readonly=True)

    @property
    def _table_query(self):
        return SQL("""
            SELECT posting.id, posting.created_at AS date, posting.transaction_id, posting.kind, posting.wallet_id,
                   posting.asset_id, posting.place_id, posting.issuer_id,
                   CASE WHEN posting.balance_id IS NULL THEN 'place' ELSE 'holder' END AS side,
                   posting.amount / CASE WHEN asset.kind = 'time' THEN 60.0 ELSE power(10, asset.decimal_places) END AS value,
                   1 AS count
              FROM tibillet_ledger_posting posting JOIN tibillet_asset asset ON asset.id = posting.asset_id
        """)

    @api.readonly
    def action_open_transaction(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.ledger.transaction",
            "res_id": self.transaction_id.id,
            "view_mode": "form",
        }
