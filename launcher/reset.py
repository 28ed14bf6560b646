"""`reset`: this checkout as it was cloned; the shared cache stays."""

import shutil

from . import paths, servers
from .cluster import Cluster
from .config import keyring
from .databases import Databases
from .files import alone
from .postgres import DURABLE, VOLATILE
from .steps import say, step

# What the launcher makes on a server that is not its own; other databases are not touched.
MADE = ("tibillet", "tibillet_draft", "tibillet_bench", "tibillet_test")


def reset(sure: bool) -> int:
    """Remove databases, keyring and state, after asking unless `sure`.

    :raise Stop: when `up` or `test` runs here.
    """
    with (
        alone(paths.STATE / "up.lock", "./tibillet up runs in this folder: end it with Ctrl-C first."),
        alone(paths.STATE / "test.lock", "./tibillet test runs in this folder: end it with Ctrl-C first."),
    ):
        say(f"This removes {paths.STATE} with its databases, and {keyring()}.")
        if not sure and input("The cards of these databases will never work again. Type yes: ") != "yes":
            say("Nothing was removed.")
            return 1
        with step("Remove databases, keyring and state"):
            _databases()
            keyring().unlink(missing_ok=True)
            shutil.rmtree(paths.STATE)
    return 0


def _databases():
    if address := servers.named():
        databases = Databases(address, paths.STATE / "data")
        for name in databases.names("tibillet"):
            if name in MADE or name.startswith(("tibillet_test_", "tibillet_bench_")):
                databases.drop(name)
        return
    for name, settings in (("main", DURABLE), ("bench", DURABLE), ("test", VOLATILE)):
        Cluster(name, settings).remove()
