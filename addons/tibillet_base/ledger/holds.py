"""Hold and release: what a tap reserves until the order is paid."""

from typing import NamedTuple

from .entries import _sha256
from .errors import Insufficient, KeyConflict, translated


class Hold(NamedTuple):
    """A reservation on a wallet.

    :param str state: held, captured or released
    :param lines: tuple of (asset_id, amount) in the order of debit, minor units
    :param int available: what the wallet can still pay after it in these assets; None when read later
    """

    id: int
    key: str
    state: str
    wallet_id: int
    owner: str
    amount: int
    lines: tuple
    request_hash: bytes
    replayed: bool = False
    available: int | None = None


def hold(cr, key, wallet_id, amount, asset_ids, place_id, owner, payload=""):
    """Reserve an amount on a wallet, asset after asset in the order given; all or nothing.

    :param cr: a cursor of its own (:func:`statement_cursor` or :func:`own_cursor`), committed at once
    :param int amount: minor units, above zero
    :param str owner: who releases it at the latest, such as ``pos.session:12``
    :param str payload: what else the key stands for; a repeat must give the same
    :return: :class:`Hold`; a key that was held before answers with its stored result
    :raise Insufficient: nothing was reserved
    :raise KeyConflict: the key was used for something else
    """
    asked = _sha256("|".join(map(str, (wallet_id, amount, place_id, owner, payload))))
    with translated():
        cr.execute(
            "SELECT taken, assets, amounts, free FROM tibillet_ledger_take_hold(%s, %s, %s, %s, %s, %s, %s::int[])",
            [key, asked, wallet_id, place_id, owner, amount, list(asset_ids)],
        )
        id_, assets, amounts, free = cr.fetchone()
        if id_ is None:
            short = Insufficient(free, amount - free) if free < amount else KeyConflict(f"{key} is being held")
            return _repeated(cr, key, asked, short)
        lines = tuple(zip(assets, amounts, strict=True))
        return Hold(id_, key, "held", wallet_id, owner, amount, lines, asked, False, free - amount)


def _repeated(cr, key, asked, otherwise):
    known = holds(cr, [key]).get(key)
    if known is None:
        raise otherwise
    if known.request_hash != asked:
        raise KeyConflict(f"{key} was held for something else")
    return known._replace(replayed=True)


def holds(cr, keys):
    """Read holds by key: {key: :class:`Hold`}; an unknown key is left out."""
    if not keys:
        return {}
    cr.execute("SELECT * FROM tibillet_ledger_read_holds(%s::varchar[])", [list(keys)])
    return {
        key: Hold(id_, key, state, wallet, owner, amount, tuple(zip(assets, amounts, strict=True)), bytes(asked))
        for id_, key, state, wallet, owner, amount, asked, assets, amounts in cr.fetchall()
    }


def release(cr, key):
    """Give back what a hold reserves, and return its state after: ``released``, ``captured``, or None when unknown."""
    with translated():
        cr.execute("UPDATE tibillet_ledger_hold SET state = 'released' WHERE key = %s AND state = 'held'", [key])
        known = holds(cr, [key]).get(key)
    return known and known.state


def release_owner(cr, owner, keep=()):
    """Release every open hold of an owner but those kept, and return the released keys."""
    with translated():
        cr.execute(
            """UPDATE tibillet_ledger_hold SET state = 'released'
                WHERE owner = %s AND state = 'held' AND key <> ALL(%s) RETURNING key""",
            [owner, list(keep)],
        )
        return [key for (key,) in cr.fetchall()]
