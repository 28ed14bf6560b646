"""A template database: every addon, no demo data, cloned by whoever needs one."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import bootstrap, build, paths
from .databases import Databases
from .odoo import Odoo
from .postgres import Address
from .steps import step

SOURCE = "tibillet.launcher.foundation"  # system parameter: what the foundation was built from


@dataclass(frozen=True)
class Template:
    """The template of one purpose and its clones, all named <prefix>_<something>.

    :param prefix: "tibillet_test" or "tibillet_bench".
    :param prepare: Python for `odoo shell` that adds what every clone starts with.
    """

    address: Address
    prefix: str
    prepare: str = ""

    @property
    def name(self) -> str:
        """The template's database."""
        return f"{self.prefix}_template"

    @property
    def files(self) -> Path:
        """Odoo's data folder of these databases, and their keyrings."""
        return paths.STATE / self.prefix

    def odoo(self, name: str) -> Odoo:
        """Return Odoo with the keyring of the database `name`."""
        return Odoo(Databases(self.address, self.files), self.keyring(name))

    def keyring(self, name: str) -> Path:
        """Return the keyring of a database: each has its own, tests may rotate its keys."""
        return self.files / f"{name}.keyring"

    def clone(self, name: str) -> Odoo:
        """Return Odoo with a fresh copy `name` of the template and of its keyring."""
        odoo = self.odoo(name)
        odoo.databases.clone(self.name, name)
        odoo.keyring.unlink(missing_ok=True)
        if self.keyring(self.name).exists():
            shutil.copy2(self.keyring(self.name), odoo.keyring)
        return odoo

    def drop(self, name: str) -> None:
        """Drop a database with its files and keyring."""
        odoo = self.odoo(name)
        odoo.databases.drop(name)
        odoo.keyring.unlink(missing_ok=True)

    def ensure(self) -> None:
        """Make the template, or keep the one that these very addons made."""
        self.files.mkdir(parents=True, exist_ok=True)
        foundation, draft = f"{self.prefix}_foundation", f"{self.prefix}_draft"
        odoo = self.odoo(draft)
        databases = odoo.databases
        if not databases.exists(foundation) or databases.parameter(foundation, SOURCE) != _source():
            databases.drop(draft)
            build.install_foundation(odoo, draft, paths.log("foundation"), demo=False)
            databases.parameter(draft, SOURCE, _source())
            databases.drop(foundation)
            databases.drop(self.name)
            databases.rename(draft, foundation)
        if databases.exists(self.name) and build.recorded(odoo, self.name) == build.digests():
            return
        databases.drop(self.name)
        databases.clone(foundation, draft)
        odoo.keyring.unlink(missing_ok=True)
        build.install_ours(odoo, draft, paths.log("template"), demo=False)
        if self.prepare:
            with step("Odoo: prepare what the tests start with"):
                odoo.script(draft, self.prepare, paths.log("prepare"))
        databases.rename(draft, self.name)
        self.keyring(self.name).unlink(missing_ok=True)
        if odoo.keyring.exists():
            odoo.keyring.rename(self.keyring(self.name))


def _source():
    release = Path(os.environ[bootstrap.MARK], "odoo", "release.py").resolve()
    return json.dumps([str(release), release.stat().st_mtime_ns, build.LANGUAGES, build.foundation()])
