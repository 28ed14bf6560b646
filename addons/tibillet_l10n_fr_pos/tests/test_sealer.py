from unittest.mock import patch

import psycopg2

from odoo.tests import BaseCase

from .. import sealer


class Company:
    """Counts how often it is asked to seal."""

    def __init__(self, database, then=None):
        self.database, self.then, self.sealed = database, then, 0

    def search(self, _domain):
        return self

    def _tibillet_seal(self):
        self.sealed += 1
        if self.then:
            then, self.then = self.then, None
            then()


class TestSealer(BaseCase):
    """The thread that gathers what several tills paid."""

    def _run(self, company, then=None):
        """What one thread does, in this one."""
        started = []
        with (
            patch.object(sealer, "GATHER_SECONDS", 0),
            patch.object(
                sealer.threading, "Thread", lambda **kw: type("T", (), {"start": lambda _self: started.append(kw)})()
            ),
            patch.object(sealer, "Registry"),
            patch.object(sealer.api, "Environment", lambda *_args: {"res.company": company}),
        ):
            sealer.wake(company.database)()
            sealer.wake(company.database)()
            for thread in started:
                thread["target"](*thread["args"])
        return len(started)

    def test_two_payments_at_once_start_one_thread_and_one_seal(self):
        company = Company("one")
        self.assertEqual(self._run(company), 1)
        self.assertEqual(company.sealed, 1)
        self.assertNotIn("one", sealer._asked)

    def test_what_is_paid_while_it_seals_is_sealed_after(self):
        company = Company("two", then=lambda: sealer.wake("two")())
        self._run(company)
        self.assertEqual(company.sealed, 2)

    def test_a_seal_that_fails_is_told_and_leaves_the_next_to_try(self):
        def fail():
            raise RuntimeError("no hash")

        with self.assertLogs(sealer.__name__, "ERROR"):
            self._run(Company("three", then=fail))
        company = Company("three")
        self.assertEqual(self._run(company), 1)
        self.assertEqual(company.sealed, 1)

    def test_a_server_that_stops_is_no_error(self):
        def stop():
            raise psycopg2.InterfaceError("cursor already closed")

        company = Company("four", then=stop)
        with self.assertNoLogs(sealer.__name__, "ERROR"):
            self._run(company)
        self.assertEqual(company.sealed, 1)
