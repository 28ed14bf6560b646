import os

import pytest

from launcher import template


@pytest.fixture(scope="session")
def ledger_database(address):
    """DSN of a throwaway clone of the template for the tests that need no Odoo server, dropped at the end."""
    name = f"tibillet_test_kernel{os.getpid()}"
    template.clone(address, name)
    yield f"dbname={name}"
    template.drop(address, name)
