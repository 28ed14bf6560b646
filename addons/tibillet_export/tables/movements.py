from odoo.tools import SQL

from .table import Column, Table


class WalletMovements(Table):
    """One row a movement on a holder's balance that the venue may read: made there, or in a money it issues."""

    kind = "wallet_movements"
    columns = (
        Column("date_time", "moment"),
        Column("operation"),
        Column("origin"),
        Column("movement"),
        Column("place"),
        Column("asset_code"),
        Column("asset"),
        Column("asset_kind"),
        Column("issuer"),
        Column("amount", "number"),
        Column("unit"),
        Column("booking"),
        Column("reversal_of"),
    )

    def _query(self):
        place = self.company.tibillet_place_id.id or 0
        return SQL(
            """
            SELECT g.created_at, made.key, split_part(made.key, ':', 1), g.kind, place.name, asset.code, asset.name,
                   asset.kind, issuer.name, g.amount / 10 ^ asset.decimal_places::numeric,
                   coalesce(currency.name, asset.unit_name), booking.name, undone.key
              FROM tibillet_ledger_posting g
              JOIN tibillet_ledger_transaction made ON made.id = g.transaction_id
              JOIN tibillet_asset asset ON asset.id = g.asset_id
              JOIN tibillet_place place ON place.id = g.place_id
              JOIN tibillet_place issuer ON issuer.id = g.issuer_id
              LEFT JOIN res_currency currency ON currency.id = asset.currency_id
              LEFT JOIN tibillet_ledger_transaction undone ON undone.id = made.reverses_id
              LEFT JOIN tibillet_booked_transaction booked
                     ON booked.transaction_id = made.id AND booked.company_id = %s
              LEFT JOIN tibillet_booking booking ON booking.id = booked.booking_id
             WHERE g.balance_id IS NOT NULL AND (g.place_id = %s OR g.issuer_id = %s) AND %s
             ORDER BY g.created_at, g.id""",
            self.company.id,
            place,
            place,
            self._within(SQL("g.created_at")),
        )

    def _row(self, row):
        values = list(row)
        values[0] = self._local(values[0])
        return values
