from odoo import fields, models
from odoo.tools import SQL

# Age of a top-up: key (in the order of the curve), label, how long after.
AGES = (
    ("a0", "A day", "1 day"),
    ("a1", "A week", "7 days"),
    ("b1", "A month", "1 month"),
    ("b3", "3 months", "3 months"),
    ("b6", "6 months", "6 months"),
    ("c1", "A year", "12 months"),
    ("c2", "2 years", "24 months"),
)


class TibilletInsightSurvival(models.Model):
    """Of the money topped up in a month, what was still there a day, a week, … two years later.

    First in, first out: what leaves a holder takes the oldest money first, whatever brought it. Wallets merged are one
    holder, and a merge spends nothing. A top-up younger than an age says nothing of that age. Months are those of UTC.
    """

    _name = "tibillet.insight.survival"
    _description = "Survival of top-ups"
    _auto = False
    _order = "asset_id, month desc, age"
    _rec_name = "age"
    _depends = {"tibillet.asset": ["decimal_places", "kind", "place_id"], "tibillet.place": ["company_id"]}

    asset_id = fields.Many2one("tibillet.asset", readonly=True)
    issuer_id = fields.Many2one("tibillet.place", "Issuer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date("Topped up in", readonly=True)
    age = fields.Selection([(key, label) for key, label, _delay in AGES], "After", readonly=True)
    bought = fields.Float("Topped up", readonly=True, digits=(16, 2))
    left = fields.Float("Still there", readonly=True, digits=(16, 2))
    share = fields.Float(
        "Still there (%)", readonly=True, digits=(16, 1), aggregator="avg", help="Each month weighs the same."
    )

    def _postings(self):
        """Where movements are read from."""
        return SQL.identifier("tibillet_ledger_posting")

    @property
    def _table_query(self):
        delays = SQL(", ").join(SQL("(%s, %s::interval)", key, delay) for key, _label, delay in AGES)
        return SQL(
            """
            WITH RECURSIVE merged AS (
                SELECT DISTINCT ON (gone.wallet_id) gone.wallet_id AS source, came.wallet_id AS target
                  FROM %(postings)s gone
                  JOIN %(postings)s came ON came.transaction_id = gone.transaction_id
                       AND came.asset_id = gone.asset_id AND came.amount > 0
                 WHERE gone.kind = 'merge' AND gone.amount < 0
                 ORDER BY gone.wallet_id, gone.id DESC
            ), chain (source, holder, step) AS (
                SELECT source, target, 1 FROM merged
                 UNION ALL
                SELECT chain.source, merged.target, chain.step + 1
                  FROM chain JOIN merged ON merged.source = chain.holder
                 WHERE chain.step < 20 AND merged.target <> chain.source
            ), last AS (
                SELECT DISTINCT ON (source) source, holder FROM chain ORDER BY source, step DESC
            ), move AS (
                SELECT posting.id, COALESCE(last.holder, posting.wallet_id) AS holder, posting.asset_id, posting.kind,
                       posting.created_at AS at, posting.amount,
                       sum(GREATEST(posting.amount, 0)) OVER (
                           PARTITION BY COALESCE(last.holder, posting.wallet_id), posting.asset_id ORDER BY posting.id
                       ) AS entered
                  FROM %(postings)s posting
                  JOIN tibillet_asset asset ON asset.id = posting.asset_id AND asset.kind = 'money'
                  LEFT JOIN last ON last.source = posting.wallet_id
                 WHERE posting.balance_id IS NOT NULL AND posting.kind <> 'merge'
            ), look AS (
                SELECT move.holder, move.asset_id, move.at AS since, age.key AS age, move.at + age.delay AS at,
                       move.amount, move.entered
                  FROM move CROSS JOIN (VALUES %(delays)s) age (key, delay)
                 WHERE move.kind = 'top_up' AND move.amount > 0 AND move.at + age.delay <= %(now)s
            ), event AS (
                SELECT holder, asset_id, at, -amount AS gone, NULL::timestamp AS since, NULL AS age, 0 AS amount, 0 AS entered
                  FROM move WHERE amount < 0
                 UNION ALL
                SELECT holder, asset_id, at, 0, since, age, amount, entered FROM look
            ), told AS (
                SELECT event.*, sum(gone) OVER (PARTITION BY holder, asset_id ORDER BY at) AS gone_by_then FROM event
            )
            SELECT row_number() OVER (ORDER BY told.asset_id, date_trunc('month', told.since), told.age) AS id,
                   told.asset_id, asset.place_id AS issuer_id, issuer.company_id, told.age,
                   date_trunc('month', told.since)::date AS month,
                   sum(told.amount) / power(10::numeric, asset.decimal_places) AS bought,
                   sum(LEAST(told.amount, GREATEST(told.entered - told.gone_by_then, 0)))
                       / power(10::numeric, asset.decimal_places) AS left,
                   100.0 * sum(LEAST(told.amount, GREATEST(told.entered - told.gone_by_then, 0))) / sum(told.amount) AS share
              FROM told
              JOIN tibillet_asset asset ON asset.id = told.asset_id
              JOIN tibillet_place issuer ON issuer.id = asset.place_id
             WHERE told.age IS NOT NULL
             GROUP BY told.asset_id, asset.place_id, asset.decimal_places, issuer.company_id,
                      date_trunc('month', told.since), told.age
            """,
            postings=self._postings(),
            delays=delays,
            now=fields.Datetime.now(),
        )
