"""What sales and payments share: the order that each row belongs to."""

from odoo.tools import SQL

from .table import Column

ORDER_COLUMNS = (
    Column("date_time", "moment"),
    Column("till"),
    Column("session"),
    Column("closing", "count"),
    Column("order"),
    Column("receipt"),
)
# From an order `o` to its till, its ticket Z and the currency of its amounts.
ORDER_TABLES = SQL(
    """JOIN pos_session s ON s.id = o.session_id
       JOIN pos_config till ON till.id = s.config_id
       JOIN account_journal journal ON journal.id = till.journal_id
       JOIN res_company company ON company.id = o.company_id
       JOIN res_currency currency ON currency.id = coalesce(journal.currency_id, company.currency_id)
       LEFT JOIN tibillet_closing z ON z.session_id = s.id"""
)
