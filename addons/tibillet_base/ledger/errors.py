"""What the ledger refuses, and the translation of what PostgreSQL says."""

from contextlib import contextmanager

import psycopg2


class LedgerError(Exception):
    """The ledger refused; the caller's transaction is to be rolled back (or its savepoint)."""


class Insufficient(LedgerError):
    """A balance would fall below its floor.

    :param int available: what the wallet could pay, in minor units
    :param int missing: what lacks, in minor units
    """

    def __init__(self, available, missing):
        super().__init__(f"missing {missing}, available {available}")
        self.available = available
        self.missing = missing


class KeyConflict(LedgerError):
    """The key was used before with another content (HTTP 409)."""


class NotZeroSum(LedgerError):
    """The lines of an asset do not sum to zero."""


class UnknownHold(LedgerError):
    """No hold has this key."""


class HoldMismatch(LedgerError):
    """The hold is of another amount, or was captured by another transaction."""


class CeilingPassed(LedgerError):
    """A top-up, an issue or a transfer would pass the asset's ceiling."""


class Refused(LedgerError):
    """A rule of the database was attacked: append only, closed transaction, foreign balance."""


_BY_STATE = {
    "TB001": Refused,
    "TB002": NotZeroSum,
    "TB003": HoldMismatch,
    "TB004": Refused,
    "TB005": CeilingPassed,
}

_BY_CONSTRAINT = {
    "tibillet_ledger_transaction_captured_once": HoldMismatch,
    "tibillet_ledger_transaction_reversed_once": KeyConflict,
}


@contextmanager
def translated():
    """Raise PostgreSQL's refusals as the ledger's own; concurrency errors pass, the caller retries them."""
    try:
        yield
    except psycopg2.errors.CheckViolation as error:
        if error.diag.constraint_name == "tibillet_ledger_balance_floor":
            raise Insufficient(0, 0) from error
        raise Refused(error.diag.message_primary) from error
    except psycopg2.errors.UniqueViolation as error:
        if error.diag.constraint_name not in _BY_CONSTRAINT:
            raise
        raise _BY_CONSTRAINT[error.diag.constraint_name](error.diag.message_primary) from error
    except psycopg2.Error as error:
        if error.pgcode not in _BY_STATE:
            raise
        raise _BY_STATE[error.pgcode](error.diag.message_primary) from error
