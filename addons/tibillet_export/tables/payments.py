from odoo.tools import SQL

from .order import ORDER_COLUMNS, ORDER_TABLES
from .table import Column, Table


class Payments(Table):
    """One row a payment; one that drew on several moneys of a card has a row of each; a correction has two."""

    kind = "payments"
    columns = (
        *ORDER_COLUMNS,
        Column("payment"),
        Column("method"),
        Column("method_kind"),
        Column("asset_code"),
        Column("asset"),
        Column("asset_kind"),
        Column("issuer"),
        Column("amount", "money"),
        Column("currency"),
        Column("change", "flag"),
        Column("correction", "flag"),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._kinds = {}

    def _query(self):
        return SQL(
            """
            SELECT x.at, till.name, s.name, z.number, o.name, o.pos_reference, x.payment, %(method)s, x.method_id,
                   asset.code, asset.name, asset.kind, issuer.name, x.amount, currency.name, x.change, x.correction
              FROM (%(paid)s UNION ALL %(corrected)s) x
              JOIN pos_order o ON o.id = x.order_id
              JOIN pos_payment_method method ON method.id = x.method_id
              %(tables)s
              LEFT JOIN tibillet_asset asset ON asset.id = x.asset_id
              LEFT JOIN tibillet_place issuer ON issuer.id = x.issuer_id
             WHERE o.company_id = %(company)s AND o.state IN ('paid', 'done')
             ORDER BY x.at, x.correction, x.id, x.part""",
            method=self._word(SQL("method.name")),
            paid=self._paid(),
            corrected=self._corrected(),
            tables=ORDER_TABLES,
            company=self.company.id,
        )

    def _paid(self):
        """What was paid; by card, what each money of it gave, as the ledger says."""
        return SQL(
            """
            SELECT p.payment_date AS at, p.pos_order_id AS order_id, p.uuid AS payment, p.payment_method_id AS method_id,
                   g.asset_id, g.issuer_id, coalesce(-g.amount / 10 ^ a.decimal_places::numeric, p.amount) AS amount,
                   coalesce(p.is_change, FALSE) AS change, FALSE AS correction, p.id, coalesce(g.id, 0) AS part
              FROM pos_payment p
              LEFT JOIN tibillet_ledger_transaction made ON made.key = 'pos.payment:' || p.uuid
              LEFT JOIN tibillet_ledger_posting g ON g.transaction_id = made.id AND g.balance_id IS NOT NULL
              LEFT JOIN tibillet_asset a ON a.id = g.asset_id
             WHERE p.company_id = %s AND %s""",
            self.company.id,
            self._within(SQL("p.payment_date")),
        )

    def _corrected(self):
        """What a correction took from one method and gave to another."""
        return SQL(
            """
            SELECT c.create_date, c.order_id, NULL, side.method_id, NULL::int, NULL::int, side.amount,
                   FALSE, TRUE, c.id, side.part
              FROM tibillet_payment_correction c,
                   LATERAL (VALUES (1, c.from_method_id, -c.amount), (2, c.to_method_id, c.amount))
                        AS side (part, method_id, amount)
             WHERE c.company_id = %s AND %s""",
            self.company.id,
            self._within(SQL("c.create_date")),
        )

    def _row(self, row):
        values = list(row)
        values[0] = self._local(values[0])
        values[8] = self._method_kind(values[8])
        return values

    def _method_kind(self, method_id):
        """cash, cheque, bank, nfc or other; asked once a method."""
        if method_id not in self._kinds:
            self._kinds[method_id] = self.env["pos.payment.method"].sudo().browse(method_id)._tibillet_kind()
        return self._kinds[method_id]
