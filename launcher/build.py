"""A database with every addon: made under a draft name, so that one by its own name is whole."""

import ast
import json
from pathlib import Path

from . import paths
from .files import tree_digest
from .odoo import Odoo, addons
from .steps import step

LANGUAGES = "en_US,fr_FR"  # the first is the default
RECORD = "tibillet.launcher.addons"  # system parameter: {addon: digest} the database was built from
# French books and their fiscal rules; tables and courses where there is a till.
FRENCH = ("l10n_fr_account",)
WITH_A_TILL = ("pos_restaurant", "l10n_fr_pos_cert")
# Changes nothing in a database.
NO_DATA = ("tests", "readme", "README.md")
ASSETS = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"


def digests() -> dict[str, str]:
    """Return what each addon is now: {name: hash of its files}."""
    return {name: tree_digest(paths.ADDONS / name, NO_DATA) for name in addons()}


def foundation() -> list[str]:
    """Return the modules of others that are installed before ours."""
    ours = addons()
    depends = set()
    for name in ours:
        depends |= set(ast.literal_eval((paths.ADDONS / name / "__manifest__.py").read_text())["depends"])
    if "account" in depends:
        depends |= set(FRENCH)
    if "point_of_sale" in depends:
        depends |= set(WITH_A_TILL)
    return sorted(depends - set(ours)) or ["base"]


def install_foundation(odoo: Odoo, database: str, log: Path, *, demo: bool) -> None:
    """Make a database with the modules of others, in English and French."""
    options = ["--with-demo"] if demo else []
    odoo.run(
        f"Odoo: install {len(foundation())} modules and what they need",
        log,
        "--database",
        database,
        "--init",
        ",".join(foundation()),
        f"--load-language={LANGUAGES}",
        *options,
    )


def install_ours(odoo: Odoo, database: str, log: Path, *, demo: bool) -> None:
    """Install our addons upon the foundation and prepare the pages' assets."""
    if ours := addons():
        options = ["--with-demo"] if demo else []
        odoo.run(
            f"TiBillet: install {', '.join(ours)}", log, "--database", database, "--init", ",".join(ours), *options
        )
    with step("Odoo: prepare the pages' scripts and styles"):
        odoo.script(database, ASSETS, log)
    record(odoo, database)


def record(odoo: Odoo, database: str) -> None:
    """Note in the database what its addons were built from."""
    odoo.databases.parameter(database, RECORD, json.dumps(digests()))


def recorded(odoo: Odoo, database: str) -> dict[str, str]:
    """Return what `record` noted; nothing for a database that was not made here."""
    return json.loads(odoo.databases.parameter(database, RECORD) or "{}")


def update(odoo: Odoo, database: str, log: Path) -> None:
    """Install the addons that are new in the checkout and update those that changed."""
    now, before = digests(), recorded(odoo, database)
    new = [name for name in now if name not in before]
    changed = [name for name in now if name in before and now[name] != before[name]]
    if not new + changed:
        return
    odoo.run(
        f"TiBillet: update {', '.join(new + changed)}",
        log,
        "--database",
        database,
        *(["--init", ",".join(new)] if new else []),
        *(["--update", ",".join(changed)] if changed else []),
    )
    record(odoo, database)
