"""Verify: recompute everything that the ledger claims, with nothing but a cursor."""

import hashlib
import struct
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from .anchor import GENESIS, chained_root, leaf, merkle_root
from .entries import Line, content_hash

PAGE = 20000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Report(NamedTuple):
    """The answer of :func:`verify`: ``breaks`` are sentences, the first one first; ``checked`` counts postings."""

    ok: bool
    checked: int
    breaks: tuple

    @property
    def first_break(self):
        return self.breaks[0] if self.breaks else None


def verify(cr, roots=(), stop_at_first=False):
    """Check digests, zero sums, chains, stored balances, holds and anchors.

    :param roots: hexadecimal roots kept outside the database, each must be found again
    :return: :class:`Report`
    """
    counted = [0]
    breaks = []
    for found in _all_breaks(cr, counted, roots):
        breaks.append(found)
        if stop_at_first:
            break
    return Report(not breaks, counted[0], tuple(breaks))


def _all_breaks(cr, counted, roots):
    digests = {}
    yield from _transactions(cr, digests, counted)
    yield from _chains(cr, digests)
    yield from _query(cr, _BALANCES, "balance {}: stored {}, its postings say {}")
    yield from _query(cr, _HELD, "balance {}: {} held, its open holds say {}")
    yield from _query(cr, _CAPTURED, "hold {}: captured for {}, posted {}")
    yield from _query(cr, _ASSETS, "asset {}: all its wallets sum to {}")
    yield from _anchors(cr, roots)


_TRANSACTIONS = """
    SELECT t.id, t.key, t.kind, t.place_id, t.created_at, t.request_hash, t.content_hash, t.reason_hash, t.digest,
           t.reverses_id, t.hold_id, p.wallet_id, p.asset_id, p.amount, p.balance_id, p.hash, r.text, p.kind, p.place_id
      FROM (SELECT * FROM tibillet_ledger_transaction WHERE id > %s ORDER BY id LIMIT %s) t
      LEFT JOIN tibillet_ledger_posting p ON p.transaction_id = t.id
      LEFT JOIN tibillet_ledger_reason r ON r.transaction_id = t.id
     ORDER BY t.id"""
_CHAIN = """
    SELECT balance_id, seq, transaction_id, amount, balance_after, hash FROM tibillet_ledger_posting
     WHERE balance_id IS NOT NULL AND (balance_id, seq) > (%s, %s) ORDER BY balance_id, seq LIMIT %s"""
_BALANCES = """
    SELECT b.id, concat_ws(' ', b.amount, b.seq, encode(b.head_hash, 'hex')),
           concat_ws(' ', coalesce(p.total, 0), coalesce(p.links, 0),
                     encode(coalesce(p.head, decode(repeat('00', 32), 'hex')), 'hex'))
      FROM tibillet_ledger_balance b
      LEFT JOIN (SELECT balance_id, sum(amount)::bigint AS total, count(*) AS links, max(seq) AS last,
                        (array_agg(hash ORDER BY seq DESC))[1] AS head
                   FROM tibillet_ledger_posting WHERE balance_id IS NOT NULL GROUP BY balance_id) p
        ON p.balance_id = b.id
     WHERE (b.amount, b.seq, b.head_hash) IS DISTINCT FROM
           (coalesce(p.total, 0), coalesce(p.last, 0), coalesce(p.head, decode(repeat('00', 32), 'hex')))
        OR b.seq <> coalesce(p.links, 0) OR b.amount - b.held < -b.floor OR b.held < 0"""
_HELD = """
    SELECT b.id, b.held, coalesce(h.total, 0) FROM tibillet_ledger_balance b
      LEFT JOIN (SELECT l.balance_id, sum(l.amount)::bigint AS total FROM tibillet_ledger_hold_line l
                   JOIN tibillet_ledger_hold h ON h.id = l.hold_id AND h.state = 'held' GROUP BY l.balance_id) h
        ON h.balance_id = b.id WHERE b.held <> coalesce(h.total, 0)"""
_CAPTURED = """
    SELECT h.key, h.amount, coalesce(-sum(p.amount), 0)::bigint FROM tibillet_ledger_hold h
      LEFT JOIN tibillet_ledger_transaction t ON t.hold_id = h.id
      LEFT JOIN tibillet_ledger_posting p ON p.transaction_id = t.id AND p.balance_id IS NOT NULL
     GROUP BY h.id HAVING CASE WHEN h.state = 'captured' THEN h.amount ELSE 0 END <> coalesce(-sum(p.amount), 0)"""
_ASSETS = "SELECT asset_id, sum(amount)::bigint FROM tibillet_ledger_posting GROUP BY asset_id HAVING sum(amount) <> 0"


def _query(cr, query, sentence):
    cr.execute(query)
    for row in cr.fetchall():
        yield sentence.format(*row)


def _transactions(cr, digests, counted):
    last = 0
    while True:
        cr.execute(_TRANSACTIONS, [last, PAGE])
        rows = cr.fetchall()
        if not rows:
            return
        for id_, group in groupby(rows, key=lambda row: row[0]):
            postings = list(group)
            last = id_
            counted[0] += sum(1 for row in postings if row[11] is not None)
            yield from _transaction(postings, digests)


def _transaction(rows, digests):
    (id_, key, kind, place, created, request, content, reason, digest, reverses, hold, *_posting) = rows[0]
    micros = (created.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
    stated = "|".join(
        map(str, (id_, key, kind, place, micros, bytes(request).hex(), bytes(content).hex(),
                  bytes(reason).hex() if reason else "-", reverses or 0, hold or 0))
    )  # fmt: skip
    digests[id_] = bytes(digest)
    if hashlib.sha256(stated.encode()).digest() != digests[id_]:
        yield f"transaction {key}: its digest does not match what it states"
    lines = [Line(row[11], row[12], row[13]) for row in rows if row[11] is not None]
    if content_hash(lines) != bytes(content):
        yield f"transaction {key}: its postings are not those that it states"
    totals = {}
    for line in lines:
        totals[line.asset_id] = totals.get(line.asset_id, 0) + line.amount
    if not lines or any(totals.values()):
        yield f"transaction {key}: it does not sum to zero"
    if rows[0][16] is not None and hashlib.sha256(rows[0][16].encode()).digest() != bytes(reason or b""):
        yield f"transaction {key}: its reason was altered"
    for row in rows:
        if row[11] is not None and (row[17], row[18]) != (kind, place):
            yield f"transaction {key}: a posting of it tells another act"
        if row[11] is None or row[14] is not None:
            continue
        own = hashlib.sha256(digests[id_] + struct.pack(">qqq", row[11], row[12], row[13])).digest()
        if own != bytes(row[15]):
            yield f"transaction {key}: the place's side was altered"


def _chains(cr, digests):
    balance, seq, head, amount = 0, 0, GENESIS, 0
    while True:
        cr.execute(_CHAIN, [balance, seq, PAGE])
        rows = cr.fetchall()
        if not rows:
            return
        for row_balance, row_seq, transaction, moved, after, hash_ in rows:
            if row_balance != balance:
                balance, seq, head, amount = row_balance, 0, GENESIS, 0
            if row_seq != seq + 1:
                yield f"balance {balance}: link {seq + 1} lacks, {row_seq} follows"
            seq, amount = row_seq, amount + moved
            link = head + digests.get(transaction, b"") + struct.pack(">qqqq", balance, seq, moved, amount)
            head = bytes(hash_)
            if amount != after or hashlib.sha256(link).digest() != head:
                yield f"balance {balance}: link {seq} is broken"
            amount = after


def _anchors(cr, roots):
    cr.execute(
        """SELECT a.id, a.label, a.previous, a.merkle, a.root, h.balance_id, h.seq, h.head_hash, p.hash
             FROM tibillet_ledger_anchor a LEFT JOIN tibillet_ledger_anchor_head h ON h.anchor_id = a.id
             LEFT JOIN tibillet_ledger_posting p ON p.balance_id = h.balance_id AND p.seq = h.seq
            ORDER BY a.id, h.balance_id"""
    )
    previous, known = GENESIS, set()
    for _id, group in groupby(cr.fetchall(), key=lambda row: row[0]):
        rows = list(group)
        label, stated, merkle, root = rows[0][1], *map(bytes, rows[0][2:5])
        known.add(root.hex())
        heads = [(row[5], row[6], bytes(row[7])) for row in rows if row[5] is not None]
        if stated != previous:
            yield f"anchor {label}: it does not follow the one before"
        if not heads or merkle_root([leaf(*head) for head in heads]) != merkle or chained_root(stated, merkle) != root:
            yield f"anchor {label}: its root does not match its heads"
        for row in rows:
            if row[5] is not None and (row[8] is None or bytes(row[7]) != bytes(row[8])):
                yield f"anchor {label}: balance {row[5]} had another head at link {row[6]}"
        previous = root
    for root in roots:
        if root.lower() not in known:
            yield f"root {root} is not in this database"
