"""Movements built from what the ledger already holds: merge two wallets, reverse a transaction."""

from .entries import Entry, Line
from .errors import LedgerError, Refused, translated
from .posting import open_balances, post


def balances(cr, wallet_id):
    """Read a wallet: {asset_id: (amount, held)}, minor units; a place's wallet is summed from its postings."""
    cr.execute("SELECT asset_id, amount, held FROM tibillet_ledger_balance WHERE wallet_id = %s", [wallet_id])
    stored = {asset: (amount, held) for asset, amount, held in cr.fetchall()}
    if stored:
        return stored
    cr.execute(
        """SELECT asset_id, sum(amount)::bigint FROM tibillet_ledger_posting
            WHERE wallet_id = %s AND balance_id IS NULL GROUP BY asset_id""",
        [wallet_id],
    )
    return {asset: (amount, 0) for asset, amount in cr.fetchall()}


def merge(cr, key, source_wallet_id, target_wallet_id, place_id):
    """Move every asset of a wallet into another, debts too, in the caller's transaction.

    :return: :class:`Receipt`, or None when the source is empty
    :raise Refused: something is held on the source: a payment is under way
    """
    if source_wallet_id == target_wallet_id:
        raise Refused("a wallet is not merged with itself")
    with translated():
        cr.execute(
            """SELECT asset_id, amount, held, floor, credit FROM tibillet_ledger_balance
                WHERE wallet_id = %s ORDER BY id FOR NO KEY UPDATE""",
            [source_wallet_id],
        )
        rows = cr.fetchall()
        if any(held for _asset, _amount, held, _floor, _credit in rows):
            raise Refused("a payment is under way on this card")
        moved = [(asset, amount) for asset, amount, *_rest in rows if amount]
        if not moved:
            return None
        _grant_debts(cr, target_wallet_id, [(asset, -amount) for asset, amount in moved if amount < 0])
        lines = [Line(source_wallet_id, asset, -amount) for asset, amount in moved]
        lines += [Line(target_wallet_id, asset, amount) for asset, amount in moved]
        return post(cr, Entry(key, "merge", place_id, tuple(lines)))


def _grant_debts(cr, wallet_id, debts):
    """A debt follows its holder: room is made for it on the balance that takes it."""
    if not debts:
        return
    open_balances(cr, [(wallet_id, asset) for asset, _debt in debts])
    for asset, debt in debts:
        cr.execute(
            """UPDATE tibillet_ledger_balance SET floor = greatest(floor, held - amount + %s)
                WHERE wallet_id = %s AND asset_id = %s""",
            [debt, wallet_id, asset],
        )


def reverse(cr, key, transaction_key, place_id, reason=None):
    """Undo a transaction by its opposite, once.

    :raise LedgerError: no transaction has this key, or a balance is too short to give back
    """
    with translated():
        cr.execute(
            """SELECT t.id, p.wallet_id, p.asset_id, -p.amount FROM tibillet_ledger_transaction t
                 JOIN tibillet_ledger_posting p ON p.transaction_id = t.id WHERE t.key = %s ORDER BY p.id""",
            [transaction_key],
        )
        rows = cr.fetchall()
        if not rows:
            raise LedgerError(f"no transaction {transaction_key}")
        lines = tuple(Line(wallet, asset, amount) for _id, wallet, asset, amount in rows)
        return post(cr, Entry(key, "reversal", place_id, lines, reason, rows[0][0]))
