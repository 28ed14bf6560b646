"""What is posted: lines, entries, captures; and their canonical hashes, the same in PostgreSQL (triggers.sql)."""

import hashlib
import json
from collections import defaultdict
from typing import NamedTuple

from .errors import NotZeroSum

KINDS = ("issue", "top_up", "spend", "refund", "cash_out", "transfer", "merge", "reversal", "void")


class Line(NamedTuple):
    """One side of a transaction: ``amount`` is a signed integer in the asset's minor unit."""

    wallet_id: int
    asset_id: int
    amount: int


class Entry(NamedTuple):
    """A transaction to post.

    :param str key: idempotency key, unique for ever
    :param str kind: one of ``KINDS``
    :param int place_id: place of the act
    :param lines: iterable of :class:`Line`, zero-sum per asset
    :param str reason: words kept apart, only their hash is chained
    :param int reverses: id of the transaction that this one undoes
    """

    key: str
    kind: str
    place_id: int
    lines: tuple
    reason: str | None = None
    reverses: int | None = None


class Capture(NamedTuple):
    """A hold to turn into a transaction, whole.

    :param int amount: must equal the hold's, in minor units
    :param int payee_wallet_id: the wallet of the place that is paid
    :param bool late: the goods are gone: a released hold is captured all the same, what lacks becomes a debt
    """

    key: str
    hold_key: str
    amount: int
    payee_wallet_id: int
    place_id: int
    kind: str = "spend"
    late: bool = False


class Receipt(NamedTuple):
    """What was posted: ``balances`` maps (wallet_id, asset_id) to the holder's balance after, in minor units."""

    key: str
    transaction_id: int
    replayed: bool
    balances: dict


def _sha256(text):
    return hashlib.sha256(text.encode()).digest()


def content_hash(lines):
    """Hash of the postings that a transaction states, whatever their order."""
    ordered = sorted((line.asset_id, line.wallet_id, line.amount) for line in lines)
    return _sha256(",".join(f"{asset}:{wallet}:{amount}" for asset, wallet, amount in ordered))


def reason_hash(reason):
    return _sha256(reason) if reason else None


def request_hash(request):
    """Hash of what was asked, by which a repeated key is told from a stolen one."""
    if isinstance(request, Capture):
        asked = ["capture", request.kind, request.hold_key, request.amount, request.payee_wallet_id, request.place_id]
    else:
        asked = ["entry", request.kind, request.place_id, content_hash(request.lines).hex(), request.reason,
                 request.reverses]  # fmt: skip
    return _sha256(json.dumps(asked, separators=(",", ":")))


def checked_lines(lines):
    """Lines as integers, merged by wallet and asset, zero-sum per asset, none empty."""
    merged = defaultdict(int)
    for line in lines:
        if type(line.amount) is not int:
            raise NotZeroSum("amounts are whole minor units")
        merged[line.wallet_id, line.asset_id] += line.amount
    totals = defaultdict(int)
    for (_wallet, asset), amount in merged.items():
        totals[asset] += amount
    if any(totals.values()):
        raise NotZeroSum("the lines of an asset do not sum to zero")
    kept = tuple(Line(wallet, asset, amount) for (wallet, asset), amount in merged.items() if amount)
    if not kept:
        raise NotZeroSum("nothing to post")
    return kept
