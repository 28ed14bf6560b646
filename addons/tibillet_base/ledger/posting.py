"""Post: the only way by which value moves.

Lock order: the transaction's key, then balances by ascending id, in one call for everything that moves together.
"""

from collections import defaultdict

from .entries import Capture, Line, Receipt, checked_lines, content_hash, reason_hash, request_hash
from .errors import HoldMismatch, Insufficient, KeyConflict, UnknownHold, translated
from .holds import holds

CHUNK = 2000


def post(cr, request):
    """Post one :class:`Entry` or :class:`Capture` in the caller's transaction, and return its :class:`Receipt`."""
    return post_many(cr, [request])[0]


def post_many(cr, requests):
    """Post all or nothing, in the caller's transaction.

    :param requests: :class:`Entry` and :class:`Capture`, at most one per key
    :return: a :class:`Receipt` per request, in their order; a key that was posted before answers as then
    :raise Insufficient, KeyConflict, NotZeroSum, UnknownHold, HoldMismatch, CeilingPassed: nothing may be committed
    """
    requests = list(requests)
    receipts = {}
    with translated():
        for start in range(0, len(requests), CHUNK):
            receipts.update(_post_chunk(cr, requests[start : start + CHUNK]))
    return [receipts[request.key] for request in requests]


def _post_chunk(cr, requests):
    held = holds(cr, [r.hold_key for r in requests if isinstance(r, Capture)])
    lines_of = {r.key: _lines(r, held) for r in requests}
    if len(lines_of) < len(requests):
        raise KeyConflict("a key stands twice in one call")
    ids = _open_transactions(cr, requests, lines_of, held)
    fresh = [r for r in requests if r.key in ids]
    receipts = {r.key: receipt for r, receipt in _replayed(cr, [r for r in requests if r.key not in ids])}
    if not fresh:
        return receipts
    balances = _locked_balances(cr, {line[:2] for r in fresh for line in lines_of[r.key]})
    _check_funds(cr, fresh, lines_of, held, balances)
    _capture_holds(cr, [held[r.hold_key] for r in fresh if isinstance(r, Capture)])
    after = _insert_postings(cr, [(ids[r.key], line) for r in fresh for line in lines_of[r.key]], balances)
    for request in fresh:
        receipts[request.key] = Receipt(request.key, ids[request.key], False, after[ids[request.key]])
    return receipts


def _lines(request, held):
    if not isinstance(request, Capture):
        return checked_lines(request.lines)
    hold = held.get(request.hold_key)
    if hold is None:
        raise UnknownHold(request.hold_key)
    if hold.amount != request.amount:
        raise HoldMismatch(f"held {hold.amount}, captured {request.amount}")
    return checked_lines(
        [Line(hold.wallet_id, asset, -amount) for asset, amount in hold.lines]
        + [Line(request.payee_wallet_id, asset, amount) for asset, amount in hold.lines]
    )


def _open_transactions(cr, requests, lines_of, held):
    """Take the keys; those already taken are left out of the answer {key: id}."""
    rows = [
        (
            r.key, r.kind, r.place_id, request_hash(r), content_hash(lines_of[r.key]),
            reason_hash(getattr(r, "reason", None)), getattr(r, "reverses", None),
            held[r.hold_key].id if isinstance(r, Capture) else None,
        )
        for r in sorted(requests, key=lambda r: r.key)
    ]  # fmt: skip
    cr.execute(
        """SELECT key, id FROM tibillet_ledger_take_keys(
               %s::varchar[], %s::varchar[], %s::int[], %s::bytea[], %s::bytea[], %s::bytea[], %s::int[], %s::int[])""",
        [list(column) for column in zip(*rows, strict=True)],
    )
    ids = dict(cr.fetchall())
    reasons = [(ids[r.key], r.reason) for r in requests if r.key in ids and getattr(r, "reason", None)]
    if reasons:
        cr.execute(
            "INSERT INTO tibillet_ledger_reason (transaction_id, text) SELECT * FROM unnest(%s::int[], %s::varchar[])",
            [list(column) for column in zip(*reasons, strict=True)],
        )
    return ids


def _replayed(cr, requests):
    """Yield (request, receipt) of keys posted before; the same key with another content is refused."""
    if not requests:
        return
    cr.execute(
        "SELECT id, key, request_hash FROM tibillet_ledger_transaction WHERE key = ANY(%s)", [[r.key for r in requests]]
    )
    known = {key: (id_, bytes(hash_)) for id_, key, hash_ in cr.fetchall()}
    cr.execute(
        """SELECT transaction_id, wallet_id, asset_id, balance_after FROM tibillet_ledger_posting
            WHERE balance_id IS NOT NULL AND transaction_id = ANY(%s)""",
        [[id_ for id_, _hash in known.values()]],
    )
    after = defaultdict(dict)
    for transaction, wallet, asset, amount in cr.fetchall():
        after[transaction][wallet, asset] = amount
    for request in requests:
        id_, hash_ = known[request.key]
        if hash_ != request_hash(request):
            raise KeyConflict(f"{request.key} was posted with another content")
        yield request, Receipt(request.key, id_, True, after[id_])


class _Balance:
    """A balance under lock: ``id`` is None on the side of a place."""

    __slots__ = ("available", "floor", "id")

    def __init__(self, id_, available, floor):
        self.id, self.available, self.floor = id_, available, floor


def _locked_balances(cr, pairs):
    """Lock the stored balances of (wallet, asset) pairs by ascending id, opening those that lack."""
    balances, missing = _select_balances(cr, pairs)
    if missing:
        open_balances(cr, missing)
        balances, missing = _select_balances(cr, pairs)
    return balances


def _select_balances(cr, pairs):
    cr.execute(
        "SELECT * FROM tibillet_ledger_lock(%s::int[], %s::int[])",
        [list(column) for column in zip(*pairs, strict=True)],
    )
    balances, missing = {}, []
    for wallet, asset, of_place, id_, available, floor in cr.fetchall():
        balances[wallet, asset] = _Balance(id_, available, floor)
        if id_ is None and not of_place:
            missing.append((wallet, asset))
    return balances, missing


def open_balances(cr, pairs):
    """Open stored balances for (wallet, asset) pairs; those that exist stay as they are."""
    cr.execute(
        """INSERT INTO tibillet_ledger_balance (wallet_id, asset_id)
           SELECT * FROM unnest(%s::int[], %s::int[]) ON CONFLICT (wallet_id, asset_id) DO NOTHING""",
        [list(column) for column in zip(*sorted(pairs), strict=True)],
    )


def _check_funds(cr, requests, lines_of, held, balances):
    """Say what lacks before PostgreSQL refuses it; what is captured late becomes a debt."""
    for request in requests:
        hold = held[request.hold_key] if isinstance(request, Capture) else None
        for wallet, asset, amount in lines_of[request.key]:
            balance = balances[wallet, asset]
            if balance.id is None:
                continue
            if amount > 0 or hold is None or hold.state != "held":
                balance.available += amount
            lack = -balance.floor - balance.available
            if lack <= 0 or amount > 0:
                continue
            if hold is None or not request.late:
                raise Insufficient(-amount - lack, lack)
            balance.floor += lack
            cr.execute("UPDATE tibillet_ledger_balance SET floor = %s WHERE id = %s", [balance.floor, balance.id])


def _capture_holds(cr, held):
    if not held:
        return
    cr.execute(
        "UPDATE tibillet_ledger_hold SET state = 'captured' WHERE id = ANY(%s) AND state <> 'captured'",
        [[hold.id for hold in held]],
    )
    if cr.rowcount < len({hold.id for hold in held}):
        raise HoldMismatch("the hold was captured before")


def _insert_postings(cr, rows, balances):
    """Insert (transaction, line) rows in the order of their balances; the triggers chain them and move the balances."""
    rows = sorted(rows, key=lambda row: balances[row[1][:2]].id or 0)
    cr.execute(
        "SELECT * FROM tibillet_ledger_insert_postings(%s::int[], %s::int[], %s::int[], %s::bigint[], %s::int[])",
        [
            [transaction for transaction, _line in rows],
            [line.wallet_id for _transaction, line in rows],
            [line.asset_id for _transaction, line in rows],
            [line.amount for _transaction, line in rows],
            [balances[line[:2]].id for _transaction, line in rows],
        ],
    )
    after = defaultdict(dict)
    for transaction, wallet, asset, amount in cr.fetchall():
        if amount is not None:
            after[transaction][wallet, asset] = amount
    return after
