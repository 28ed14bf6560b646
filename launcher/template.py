"""The template database of the tests: every addon, no demo data, cloned by whoever needs one."""

import json
import os
import shutil
from pathlib import Path

from . import bootstrap, build, paths
from .databases import Databases
from .odoo import Odoo
from .postgres import Address

FOUNDATION = "tibillet_test_foundation"
TEMPLATE = "tibillet_test_template"
DRAFT = "tibillet_test_draft"
SOURCE = "tibillet.launcher.foundation"  # system parameter: what the foundation was built from
FILES = paths.STATE / "test"


def of_tests(address: Address, name: str) -> Odoo:
    """Return Odoo on the tests' server, with the keyring of the database `name`."""
    return Odoo(Databases(address, FILES), keyring(name))


def keyring(name: str) -> Path:
    """Return the keyring of a test database: each has its own, tests may rotate its keys."""
    return FILES / f"{name}.keyring"


def ensure(address: Address) -> str:
    """Make the template, or keep the one that these very addons made; return its name."""
    odoo = of_tests(address, DRAFT)
    databases = odoo.databases
    FILES.mkdir(parents=True, exist_ok=True)
    if not databases.exists(FOUNDATION) or databases.parameter(FOUNDATION, SOURCE) != _source():
        databases.drop(DRAFT)
        log = paths.log("foundation")
        build.install_foundation(odoo, DRAFT, log, demo=False)
        databases.parameter(DRAFT, SOURCE, _source())
        databases.drop(FOUNDATION)
        databases.drop(TEMPLATE)
        databases.rename(DRAFT, FOUNDATION)
    if not databases.exists(TEMPLATE) or build.recorded(odoo, TEMPLATE) != build.digests():
        databases.drop(TEMPLATE)
        databases.clone(FOUNDATION, DRAFT)
        odoo.keyring.unlink(missing_ok=True)
        build.install_ours(odoo, DRAFT, paths.log("template"), demo=False)
        databases.rename(DRAFT, TEMPLATE)
        keyring(TEMPLATE).unlink(missing_ok=True)
        if odoo.keyring.exists():
            odoo.keyring.rename(keyring(TEMPLATE))
    return TEMPLATE


def clone(address: Address, name: str, source: str = TEMPLATE) -> Odoo:
    """Return Odoo with a fresh copy `name` of the template and of its keyring."""
    odoo = of_tests(address, name)
    odoo.databases.clone(source, name)
    odoo.keyring.unlink(missing_ok=True)
    if keyring(source).exists():
        shutil.copy2(keyring(source), odoo.keyring)
    return odoo


def drop(address: Address, name: str) -> None:
    """Drop a test database with its files and keyring."""
    odoo = of_tests(address, name)
    odoo.databases.drop(name)
    odoo.keyring.unlink(missing_ok=True)


def _source():
    release = Path(os.environ[bootstrap.MARK], "odoo", "release.py").resolve()
    return json.dumps([str(release), release.stat().st_mtime_ns, build.foundation()])
