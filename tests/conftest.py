"""Fixtures of the tests that need a whole: servers, databases, browsers, readers.

`./tibillet test tests` sets the scene (template database, PostgreSQL, packages); see tests/rig for readers and cards.

    def test_page(odoo_server, chromium):
        page = chromium.new_page()
        page.goto(odoo_server.url)
        assert odoo_server.client().call("res.users", "search_count", [])
"""

import os

import pytest
from playwright.sync_api import sync_playwright

from launcher.postgres import Address
from launcher.template import Template

from .seeded import Memory, SeededDatabase
from .server import Database, Server

pytest_plugins = ["tests.rig.fixtures"]

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def template():
    """The template database, which the launcher made and named in the environment."""
    if "TIBILLET_TEMPLATE" not in os.environ:
        pytest.fail("Run these by ./tibillet test tests: it makes their database.", pytrace=False)
    return Template(Address(), os.environ["TIBILLET_TEMPLATE"].removesuffix("_template"))


@pytest.fixture(scope="session")
def memory(template):
    """What the scripts of this run's tests left on fresh clones."""
    known = Memory(template, f"{template.prefix}_seeded{os.getpid()}")
    yield known
    known.drop()


@pytest.fixture
def make_database(template, memory):
    """Make clones of the template: `make_database()` is a Database with every addon and no demo data."""
    made = []

    def make() -> Database:
        name = f"{template.prefix}_py{os.getpid()}_{len(made)}"
        made.append(SeededDatabase(template.clone(name), name, memory, [()]))
        return made[-1]

    yield make
    for database in made:
        template.drop(database.name)


@pytest.fixture
def database(make_database):
    """One throwaway Database: `.name`, `.connect()`, `.shell(code)`."""
    return make_database()


@pytest.fixture
def make_server(make_database):
    """Start Odoo servers: `make_server()` on a clone of its own, `make_server(database)` on that one.

    Further arguments go to Odoo's command line. A warning in a server's log fails the test, unless `server.expect(pattern)`
    announced it.
    """
    servers = []

    def make(database: Database | None = None, *arguments: str) -> Server:
        servers.append(Server(database or make_database(), *arguments))
        return servers[-1].start()

    yield make
    complaints = [line for server in servers for line in server.stop()]
    if complaints:
        pytest.fail("Odoo's log holds what it must not:\n" + "\n".join(complaints), pytrace=False)


@pytest.fixture
def odoo_server(make_server):
    """A real, threaded Odoo server on a clone of the template: see tests/server.py."""
    return make_server()


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium for the whole run, driven by playwright."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def make_context(browser):
    """Open browser contexts, each with its own cookies: a till, a kitchen, a phone.

    `make_context(locale="fr-FR", viewport=...)`: the options of playwright's new_context.
    """
    contexts = []

    def make(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def chromium(make_context):
    """One browser context."""
    return make_context()
