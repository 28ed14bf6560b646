"""From any Python to ours: Odoo's source and the virtual environment, then on inside it."""

import os
import sys

from . import paths, source, venv

MARK = "TIBILLET_SOURCE"  # set only inside the environment: the folder that holds `odoo`


def enter(arguments, *layers: str) -> None:
    """Return at once inside the virtual environment; else make it and start over inside it.

    :param arguments: the command line to start over with.
    :param layers: locks to install beside Odoo's, e.g. "test".
    """
    if os.environ.get(MARK) and sys.prefix == str(venv.folder()):
        venv.ensure(*layers)
        return
    folder = source.find()
    venv.ensure(*layers)
    environment = os.environ | {MARK: str(folder), "PYTHONPATH": str(paths.ROOT)}
    command = [str(venv.python()), "-m", "launcher", *arguments]
    os.chdir(paths.ROOT)
    os.execve(command[0], command, environment)
