"""The one who seals after a commit: a thread a server process and database, which gathers what several tills paid."""

import logging
import threading
import time

import psycopg2
from psycopg2.pool import PoolError

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

_logger = logging.getLogger(__name__)

GATHER_SECONDS = 0.2

_guard = threading.Lock()
_asked = {}  # {database: whether more was paid since its thread last looked}


def wake(database):
    """Return what to call after the commit: it has the database's orders sealed soon, and makes nobody wait."""

    def start():
        with _guard:
            running = database in _asked
            _asked[database] = True
        if not running:
            threading.Thread(target=_work, args=[database], name=f"seal {database}", daemon=True).start()

    return start


def _work(database):
    while True:
        time.sleep(GATHER_SECONDS)
        with _guard:
            if not _asked[database]:
                del _asked[database]
                return
            _asked[database] = False
        try:
            with Registry(database).cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["res.company"].search([])._tibillet_seal()
        except Exception as error:
            # The next payment, the cron or the session's closing seals what is left.
            if _lost_connection(error):
                _logger.info("The fiscal chain of %s waits for its seal: the server stops", database)
            else:
                _logger.exception("The fiscal chain of %s waits for its seal", database)


def _lost_connection(error):
    """Whether Odoo or PostgreSQL, as it stopped, closed the connection under the thread: PostgreSQL gave no code."""
    if isinstance(error, PoolError):  # Odoo closed its pool, and the cursor came back to another
        return True
    return isinstance(error, psycopg2.InterfaceError | psycopg2.OperationalError) and not error.pgcode
