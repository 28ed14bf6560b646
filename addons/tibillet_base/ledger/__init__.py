"""The ledger: transactions of zero-sum postings in whole minor units, append only.

Plain Python and SQL over a database cursor; nothing here knows Odoo's models. Every invariant stands in PostgreSQL
(``schema.sql``, ``triggers.sql``); what Python adds is the order of locks and words for what was refused.
"""

from .anchor import Anchor, anchor
from .cursor import own_cursor, statement_cursor
from .entries import KINDS, Capture, Entry, Line, Receipt
from .errors import (
    CeilingPassed,
    HoldMismatch,
    Insufficient,
    KeyConflict,
    LedgerError,
    NotZeroSum,
    Refused,
    UnknownHold,
)
from .holds import Hold, hold, holds, release, release_owner
from .moves import balances, merge, reverse
from .posting import post, post_many
from .schema import install, remove
from .sweep import CHUNK, Sweep, sweep, sweepable
from .verify import Report, verify

__all__ = [
    "CHUNK", "KINDS", "Anchor", "Capture", "CeilingPassed", "Entry", "Hold", "HoldMismatch", "Insufficient",
    "KeyConflict", "LedgerError", "Line", "NotZeroSum", "Receipt", "Refused", "Report", "Sweep", "UnknownHold", "anchor",
    "balances", "hold", "holds", "install", "merge", "own_cursor", "post", "post_many", "release", "release_owner",
    "remove", "reverse", "statement_cursor", "sweep", "sweepable", "verify",
]  # fmt: skip
