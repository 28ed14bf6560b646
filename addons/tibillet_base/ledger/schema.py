"""Install the ledger's tables, constraints and triggers; the same at install and at each update."""

from pathlib import Path


def install(cr):
    """Create what lacks and renew the functions and triggers, in the caller's transaction."""
    for name in ("schema.sql", "triggers.sql", "statements.sql"):
        cr.execute((Path(__file__).parent / name).read_text(encoding="utf-8").replace("%", "%%"), ())
