"""Install the ledger's tables, constraints and triggers, the same at install and at each update; and remove them."""

from pathlib import Path


def install(cr):
    """Create what lacks and renew the functions and triggers, in the caller's transaction."""
    for name in ("schema.sql", "triggers.sql", "statements.sql"):
        cr.execute((Path(__file__).parent / name).read_text(encoding="utf-8").replace("%", "%%"), ())


def remove(cr):
    """Drop every table and function of the ledger, in the caller's transaction; who calls has made sure that it is empty."""
    cr.execute(
        r"""DO $$
           DECLARE
               found record;
           BEGIN
               FOR found IN SELECT tablename FROM pg_tables
                             WHERE schemaname = current_schema AND tablename LIKE 'tibillet\_ledger\_%' LOOP
                   EXECUTE format('DROP TABLE %I CASCADE', found.tablename);
               END LOOP;
               FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
                             WHERE pronamespace = current_schema::regnamespace AND proname LIKE 'tibillet\_ledger\_%' LOOP
                   EXECUTE format('DROP FUNCTION %s', found.name);
               END LOOP;
           END $$"""
    )
