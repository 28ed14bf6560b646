"""Anchor: a Merkle root over the chain heads that changed, chained to the root before; it is made to leave the database."""

import hashlib
import struct
from typing import NamedTuple

GENESIS = bytes(32)


class Anchor(NamedTuple):
    """An anchored state: ``root`` in hexadecimal, ``heads`` the number of balances that changed since the last."""

    id: int
    label: str
    root: str
    heads: int


def merkle_root(leaves):
    """Merkle root of a list of byte strings, with leaf and node prefixes as in RFC 6962."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        paired = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def leaf(balance_id, seq, head_hash):
    return struct.pack(">qq", balance_id, seq) + head_hash


def chained_root(previous, merkle):
    return hashlib.sha256(previous + merkle).digest()


def anchor(cr, label):
    """Anchor the heads that changed since the last root, in the caller's transaction.

    :param str label: what closed, such as a till session's name
    :return: :class:`Anchor`, or None when nothing changed
    """
    cr.execute("SELECT pg_advisory_xact_lock(hashtext('tibillet_ledger_anchor'))")
    cr.execute(
        """SELECT b.id, b.seq, b.head_hash FROM tibillet_ledger_balance b
            WHERE b.seq > coalesce((SELECT max(h.seq) FROM tibillet_ledger_anchor_head h WHERE h.balance_id = b.id), 0)
            ORDER BY b.id"""
    )
    heads = [(id_, seq, bytes(head)) for id_, seq, head in cr.fetchall()]
    if not heads:
        return None
    cr.execute("SELECT root FROM tibillet_ledger_anchor ORDER BY id DESC LIMIT 1")
    last = cr.fetchone()
    previous = bytes(last[0]) if last else GENESIS
    merkle = merkle_root([leaf(*head) for head in heads])
    root = chained_root(previous, merkle)
    cr.execute(
        """INSERT INTO tibillet_ledger_anchor (label, previous, merkle, root, heads)
           VALUES (%s, %s, %s, %s, %s) RETURNING id""",
        [label, previous, merkle, root, len(heads)],
    )
    (anchor_id,) = cr.fetchone()
    cr.execute(
        """INSERT INTO tibillet_ledger_anchor_head (anchor_id, balance_id, seq, head_hash)
           SELECT %s, * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])""",
        [anchor_id, *[list(column) for column in zip(*heads, strict=True)]],
    )
    return Anchor(anchor_id, label, root.hex(), len(heads))
