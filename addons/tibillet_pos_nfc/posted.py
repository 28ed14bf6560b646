"""What the ledger says was moved, read for the constraints and the closing."""


def posted_to_place(cr, keys):
    """What each transaction moved to places: {key: minor units}, negative where a place gave; unknown keys are left out."""
    cr.execute(
        """SELECT t.key, sum(p.amount)::bigint FROM tibillet_ledger_transaction t
             JOIN tibillet_ledger_posting p ON p.transaction_id = t.id AND p.balance_id IS NULL
            WHERE t.key = ANY(%s) GROUP BY t.key""",
        [list(keys)],
    )
    return dict(cr.fetchall())
