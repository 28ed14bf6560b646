"""What the ledger says was moved, read for the constraints, the closing and the split."""

from collections import defaultdict


def posted_to_place(cr, keys):
    """What each transaction moved to places: {key: minor units}, negative where a place gave; unknown keys are left out."""
    return {key: sum(amount for _asset, amount in parts) for key, parts in posted_parts(cr, keys).items()}


def posted_parts(cr, keys):
    """The same, asset by asset in the order of debit: {key: [(asset_id, minor units)]}."""
    parts = defaultdict(list)
    if keys:
        cr.execute(
            """SELECT t.key, p.asset_id, p.amount FROM tibillet_ledger_transaction t
                 JOIN tibillet_ledger_posting p ON p.transaction_id = t.id AND p.balance_id IS NULL
                WHERE t.key = ANY(%s) ORDER BY p.id""",
            [list(keys)],
        )
        for key, asset, amount in cr.fetchall():
            parts[key].append((asset, amount))
    return dict(parts)
