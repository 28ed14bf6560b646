import os

import pytest


@pytest.fixture(scope="session")
def ledger_database(template):
    """DSN of a throwaway clone of the template for the tests that need no Odoo server, dropped at the end."""
    name = f"{template.prefix}_kernel{os.getpid()}"
    template.clone(name)
    yield f"dbname={name}"
    template.drop(name)
