"""What odoo.conf says."""

import configparser
import os
from pathlib import Path

from . import paths


def option(name: str) -> str:
    """Return an option of odoo.conf, or an empty text."""
    parser = configparser.RawConfigParser()
    parser.read(paths.CONFIG)
    return parser.get("options", name, fallback="")


def names_server() -> bool:
    """Say whether the environment or odoo.conf names a PostgreSQL server."""
    return bool(os.environ.get("PGHOST") or option("db_host"))


def keyring() -> Path:
    """Return the keyring's path by the addons' own rule: environment, odoo.conf, beside odoo.conf."""
    chosen = os.environ.get("TIBILLET_KEYRING") or option("tibillet_keyring")
    return Path(chosen).expanduser().resolve() if chosen else paths.KEYRING
