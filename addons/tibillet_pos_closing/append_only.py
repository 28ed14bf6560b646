"""What was written once is for good: what the ORM refuses, PostgreSQL refuses too."""

from odoo.tools import SQL

_FUNCTION = """
    CREATE OR REPLACE FUNCTION tibillet_closing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append only: % is refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'TB001';
    END $$"""


def protect(cr, table):
    """Refuse to update, delete or truncate rows of a table."""
    cr.execute(_FUNCTION)
    cr.execute(
        SQL(
            """CREATE OR REPLACE TRIGGER %s BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
               FOR EACH STATEMENT EXECUTE FUNCTION tibillet_closing_append_only()""",
            SQL.identifier(f"{table}_append_only"),
            SQL.identifier(table),
        )
    )
