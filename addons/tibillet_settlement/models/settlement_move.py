from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.tibillet_cashless.models.asset import BOOKED_KINDS


class TibilletSettlementMove(models.Model):
    """One posting of the ledger by which two venues owe each other, seen from each of the two.

    The amount is signed as the settlement account is: above zero, the other venue owes `company_id` more.
    """

    _name = "tibillet.settlement.move"
    _description = "Operation between venues"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "transaction_id"
    _depends = {
        "tibillet.asset": ["currency_id", "decimal_places", "kind"],
        "tibillet.booked.transaction": ["transaction_id", "company_id"],
        "tibillet.place": ["company_id"],
    }

    company_id = fields.Many2one("res.company", "Venue", readonly=True)
    other_id = fields.Many2one("res.company", "Other venue", readonly=True)
    transaction_id = fields.Many2one("tibillet.ledger.transaction", readonly=True)
    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Datetime(readonly=True)
    kind = fields.Selection(selection="_kinds", readonly=True)
    side = fields.Selection(
        [("accepted", "Their currency, taken here"), ("issued", "Our currency, taken there")], readonly=True
    )
    amount = fields.Monetary("Owed to us", readonly=True, help="Below zero: we owe it.")
    waiting = fields.Boolean("Not in our books yet", readonly=True)

    @api.model
    def _kinds(self):
        return self.env["tibillet.ledger.posting"]._kinds()

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT posting.id * 2 + side.rank AS id, side.company_id, side.other_id, side.name AS side,
                   posting.transaction_id, posting.asset_id, asset.currency_id, posting.created_at AS date,
                   posting.kind,
                   side.sign * posting.amount / power(10::numeric, asset.decimal_places) AS amount,
                   NOT EXISTS (SELECT FROM tibillet_booked_transaction booked
                                WHERE booked.transaction_id = posting.transaction_id
                                  AND booked.company_id = side.company_id) AS waiting
              FROM tibillet_ledger_posting posting
              JOIN tibillet_ledger_transaction act ON act.id = posting.transaction_id
              LEFT JOIN tibillet_ledger_transaction undone ON undone.id = act.reverses_id
              JOIN tibillet_asset asset ON asset.id = posting.asset_id
              JOIN tibillet_place place ON place.id = posting.place_id
              JOIN tibillet_place issuer ON issuer.id = posting.issuer_id
              JOIN LATERAL (VALUES (0, place.company_id, issuer.company_id, -1, 'accepted'),
                                   (1, issuer.company_id, place.company_id, 1, 'issued')
                           ) side (rank, company_id, other_id, sign, name) ON TRUE
             WHERE posting.balance_id IS NOT NULL AND place.company_id <> issuer.company_id AND asset.kind IN %s
               AND (asset.kind = 'money' OR COALESCE(undone.kind, act.kind) IN ('spend', 'refund'))
            """,
            BOOKED_KINDS,
        )
