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


def keyring() -> Path:
    """Return the keyring's path by the addons' own rule: environment, odoo.conf, beside odoo.conf."""
    chosen = os.environ.get("TIBILLET_KEYRING") or option("tibillet_keyring")
    return Path(chosen).expanduser().resolve() if chosen else paths.KEYRING
