"""The chain of closings: what is hashed and signed, and its verification with nothing but a cursor and no secret."""

import hashlib
import json
from itertools import groupby
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

GENESIS = "0" * 64

_CLOSINGS = """
    SELECT company_id, level, number, payload, hash, previous_hash, signature, public_key,
           round(total_sales * 100)::bigint, round(total_top_ups * 100)::bigint,
           round(perpetual_sales * 100)::bigint, round(perpetual_top_ups * 100)::bigint
      FROM tibillet_closing ORDER BY company_id, level = 'session' DESC, level, number"""
_JOURNAL = """
    SELECT company_id, 'journal', number, payload, hash, previous_hash, signature, public_key
      FROM tibillet_archive_entry ORDER BY company_id, number"""


class Report(NamedTuple):
    """The answer of :func:`verify`: ``breaks`` are sentences, the first one first; ``keys`` who signed, in hexadecimal."""

    ok: bool
    checked: int
    breaks: tuple
    keys: tuple

    @property
    def first_break(self):
        return self.breaks[0] if self.breaks else None


def payload(said):
    """The one text of a closing that is hashed and signed: JSON with its keys in order."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    """SHA-256 (64 hex) of a closing's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_signed(text, signature, public_key):
    """Whether the holder of `public_key` (64 hex) signed this text with `signature` (128 hex)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key or ""))
        key.verify(bytes.fromhex(signature or ""), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def verify(cr):
    """Check every closing of the database: numbers, chain, signatures, totals, and what periods say of sessions.

    :return: :class:`Report`
    """
    cr.execute(_CLOSINGS)
    rows = cr.fetchall()
    breaks = list(closings_breaks(rows))
    cr.execute("SELECT to_regclass('tibillet_archive_entry')")
    if cr.fetchone() != (None,):
        cr.execute(_JOURNAL)
        journal = cr.fetchall()
        breaks += journal_breaks(journal)
        rows += journal
    return Report(not breaks, len(rows), tuple(breaks), tuple(sorted({row[7] for row in rows if row[7]})))


def journal_breaks(rows):
    """Sentences on the journal of archives: rows as of closings, without their totals."""
    for _company, chain in groupby(rows, key=lambda row: row[0]):
        number, previous = 0, GENESIS
        for row in chain:
            yield from _link("archive entry", row, number, previous)
            number, previous = row[2], row[4]


def _link(what, row, number, previous):
    """A sealed text has the next number, its own hash, its signature, and follows the text of hash `previous`."""
    company, _level, own, text, hash_, former, signature, key = row[:8]
    name = f"{what} {own} of company {company}"
    if own != number + 1:
        yield f"{what} {number + 1} of company {company}: it lacks, {own} follows"
    if digest(text) != hash_:
        yield f"{name}: its content was altered"
    if not is_signed(text, signature, key):
        yield f"{name}: its signature does not match"
    said = content(text)
    if (said.get("company"), said.get("level"), said.get("number")) != row[:3]:
        yield f"{name}: it speaks of another one"
    if said.get("previous") != former or former != previous:
        yield f"{name}: it does not follow the one before"


def closings_breaks(rows, heads=None):
    """Sentences on closings in the order of :data:`_CLOSINGS`; `heads`: {level: what stands before the first row}.

    A head is ``{number, hash, perpetual: [sales, top-ups], last}``; without one, a line begins at its first closing.
    """
    heads = heads or {}
    sessions, before = {}, heads.get("session", {}).get("number", 0)
    for (company, level), chain in groupby(rows, key=lambda row: row[:2]):
        head = heads.get(level, {})
        number, previous = head.get("number", 0), head.get("hash", GENESIS)
        perpetual, covered = tuple(head.get("perpetual", (0, 0))), head.get("last", 0)
        for row in chain:
            name = f"closing {level} {row[2]} of company {company}"
            yield from _link(f"closing {level}", row, number, previous)
            number, hash_, totals = row[2], row[4], row[8:10]
            said = content(row[3])
            if tuple(said.get("totals", ())) != totals:
                yield f"{name}: its totals were altered"
            perpetual = tuple(map(sum, zip(perpetual, totals, strict=True)))
            if tuple(said.get("perpetual", ())) != row[10:12] or row[10:12] != perpetual:
                yield f"{name}: its perpetual totals are not the sum of what was closed"
            if level == "session":
                sessions[company, number] = (hash_, totals)
            else:
                yield from _period(name, company, said, totals, covered, sessions, before)
                covered = said.get("last", covered)
            previous, perpetual = hash_, row[10:12]


def _period(name, company, said, totals, covered, sessions, before):
    """A period closes the sessions that follow the period before, all of them, for what they made."""
    first, last = said.get("first", 0), said.get("last", 0)
    held = [sessions.get((company, number)) for number in range(first, last + 1)]
    if first != covered + 1 or not held or None in held:
        yield f"{name}: sessions {first} to {last} are not all there"
    elif held[-1][0] != said.get("until"):
        yield f"{name}: session {last} is not the one that it closed"
    elif first > before and tuple(map(sum, zip(*(part for _hash, part in held), strict=True))) != totals:
        yield f"{name}: its totals are not those of sessions {first} to {last}"


def content(text):
    """What a sealed text says (dict), nothing of one that is no JSON object."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
