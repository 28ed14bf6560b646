"""The one thing that the engine asks of Odoo: a cursor."""

from collections import defaultdict, deque
from contextlib import closing, contextmanager
from time import monotonic

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from .errors import translated

KEPT = 8
TRUSTED_SECONDS = 5

_idle = defaultdict(deque)


def _joins_caller():
    """Whether these cursors are the caller's own, which must then be writable: in a test only."""
    from odoo.modules import module

    return bool(module.current_test)


@contextmanager
def own_cursor(env):
    """A READ COMMITTED cursor of its own, committed on leaving; a test's transaction is joined, since it never commits.

    Under REPEATABLE READ a busy wallet makes every second waiter fail and sleep; here it waits its turn.
    """
    if _joins_caller():
        with translated(), env.cr.savepoint(flush=False):
            yield env.cr
        return
    with translated(), env.registry.cursor() as cr:
        # Before its first statement, so that it costs no round trip; Odoo sets its own level again at the next borrow.
        cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        yield cr


@contextmanager
def statement_cursor(env):
    """A plain psycopg2 cursor that commits each statement by itself: for a hold or a release, while a customer waits.

    Its connection is kept from one tap to the next, plans and all: Odoo's pool forgets them at every request, and to
    plan a hold costs three times as much as to run it. A test's transaction is joined.
    """
    if _joins_caller():
        with translated(), env.cr.savepoint(flush=False):
            yield env.cr
        return
    idle = _idle[env.cr.dbname]
    connection = _kept(idle) or _connect(env.cr.dbname)
    try:
        with translated(), closing(connection.cursor()) as cr:
            yield cr
    finally:
        if connection.closed or len(idle) >= KEPT:
            connection.close()
        else:
            idle.append((monotonic(), connection))


def _kept(idle):
    """An idle connection that still answers, or None."""
    while idle:
        try:
            since, connection = idle.pop()
            if monotonic() - since > TRUSTED_SECONDS:
                connection.cursor().execute("SELECT")
            return connection
        except IndexError:
            # Another thread took the last one.
            return None
        except psycopg2.Error:
            connection.close()
    return None


def _connect(database):
    from odoo.sql_db import connection_info_for

    connection = psycopg2.connect(**connection_info_for(database)[1])
    connection.autocommit = True
    return connection
