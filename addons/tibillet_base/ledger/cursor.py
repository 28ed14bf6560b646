"""The one thing that the engine asks of Odoo: a cursor."""

from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, ISOLATION_LEVEL_READ_COMMITTED

from .errors import translated


def own_cursor(env):
    """A READ COMMITTED cursor of its own, committed on leaving; a test's transaction is joined, since it never commits.

    Under REPEATABLE READ a busy wallet makes every second waiter fail and sleep; here it waits its turn.
    """
    return _cursor(env, ISOLATION_LEVEL_READ_COMMITTED)


def statement_cursor(env):
    """The same, each statement committed by itself: for a hold or a release, which are one, while a customer waits."""
    return _cursor(env, ISOLATION_LEVEL_AUTOCOMMIT)


@contextmanager
def _cursor(env, isolation_level):
    from odoo.modules import module

    if module.current_test:
        with translated(), env.cr.savepoint(flush=False):
            yield env.cr
        return
    with translated(), env.registry.cursor() as cr:
        # Before its first statement, so that it costs no round trip; Odoo sets its own level again at the next borrow.
        cr.connection.set_isolation_level(isolation_level)
        yield cr
