"""Sweep: what is left on cards that were used goes back to who issued it, one void of the ledger per wallet."""

from datetime import datetime
from typing import NamedTuple

from .entries import Entry, Line
from .errors import translated
from .posting import post_many

CHUNK = 500

# What may be taken: free of any payment under way, on a card in use (a lost one waits for its replacement), used at the
# issuer's own place within the window, and not taken before under the same key.
_SWEPT = """
  FROM tibillet_ledger_balance b
  JOIN tibillet_wallet w ON w.id = b.wallet_id
  LEFT JOIN tibillet_card card ON card.id = w.card_id
 WHERE b.asset_id = %(asset_id)s AND b.amount - b.held > 0
   AND (card.state = 'active' OR (%(linked)s AND w.partner_id IS NOT NULL))
   AND EXISTS (SELECT FROM tibillet_ledger_balance used
                 JOIN tibillet_ledger_posting p ON p.balance_id = used.id
                WHERE used.wallet_id = b.wallet_id AND p.place_id = %(place_id)s AND p.kind <> 'void'
                  AND p.created_at >= %(since)s AND p.created_at < %(until)s)
   AND NOT EXISTS (SELECT FROM tibillet_ledger_transaction t WHERE t.key = %(key)s || ':' || b.wallet_id)
"""


class Sweep(NamedTuple):
    """What to take: ``key`` is unique for ever, ``since`` and ``until`` are naive UTC, ``linked`` takes persons' wallets too."""

    key: str
    asset_id: int
    place_id: int
    payee_wallet_id: int
    since: datetime
    until: datetime
    linked: bool = False


def sweepable(cr, order):
    """Count what :func:`sweep` would take now: (wallets, minor units). Changes nothing."""
    cr.execute(f"SELECT count(*), coalesce(sum(b.amount - b.held), 0)::bigint {_SWEPT}", order._asdict())
    return cr.fetchone()


def sweep(cr, order, reason, limit=CHUNK):
    """Take what is left on at most ``limit`` wallets, in the caller's transaction, READ COMMITTED.

    :param Sweep order: a wallet that was taken under its key is not taken again
    :param str reason: what the holder reads beside the movement
    :return: {key: minor units} of what was posted; empty when nothing is left to take
    """
    with translated():
        # Read under lock: a till that spends at this moment goes first, and what it leaves is what is taken.
        cr.execute(
            f"SELECT b.wallet_id, b.amount - b.held {_SWEPT} ORDER BY b.id LIMIT %(limit)s FOR NO KEY UPDATE OF b",
            {**order._asdict(), "limit": limit},
        )
        taken = {f"{order.key}:{wallet}": (wallet, amount) for wallet, amount in cr.fetchall()}
        post_many(cr, [_void(order, key, reason, *rest) for key, rest in taken.items()])
    return {key: amount for key, (_wallet, amount) in taken.items()}


def _void(order, key, reason, wallet, amount):
    lines = (Line(wallet, order.asset_id, -amount), Line(order.payee_wallet_id, order.asset_id, amount))
    return Entry(key, "void", order.place_id, lines, reason)
