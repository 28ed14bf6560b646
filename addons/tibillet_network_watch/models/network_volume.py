from odoo import fields, models
from odoo.tools import SQL


class TibilletNetworkVolume(models.Model):
    """Payments of a day in an issuer's money at one acceptor: read from the ledger, days counted in UTC.

    A payment undone counts below zero on the day it was undone. Goods paid back do not: the payment took place.
    """

    _name = "tibillet.network.volume"
    _description = "Payments in an issuer's money"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "acceptor_id"
    _depends = {"tibillet.asset": ["currency_id", "decimal_places", "kind"]}

    issuer_id = fields.Many2one("tibillet.place", "Issuer", readonly=True)
    acceptor_id = fields.Many2one("tibillet.place", "Taken by", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", "Money", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date(readonly=True)
    amount = fields.Monetary("Volume", readonly=True)
    payments = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(posting.id) AS id, posting.issuer_id, posting.place_id AS acceptor_id, posting.asset_id,
                   asset.currency_id, posting.created_at::date AS date,
                   sum(-posting.amount) / power(10::numeric, asset.decimal_places) AS amount,
                   sum(CASE WHEN undone.id IS NULL THEN 1 ELSE -1 END) AS payments
              FROM tibillet_ledger_posting posting
              JOIN tibillet_ledger_transaction act ON act.id = posting.transaction_id
              LEFT JOIN tibillet_ledger_transaction undone ON undone.id = act.reverses_id
              JOIN tibillet_asset asset ON asset.id = posting.asset_id
             WHERE posting.balance_id IS NOT NULL AND asset.kind = 'money'
               AND COALESCE(undone.kind, act.kind) = 'spend'
             GROUP BY posting.issuer_id, posting.place_id, posting.asset_id, asset.currency_id, asset.decimal_places,
                      posting.created_at::date
            """
        )
