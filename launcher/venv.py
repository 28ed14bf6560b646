"""The virtual environment: in the cache, keyed by Python and lock, every file checked by hash."""

import importlib.util
import os
import sys
from pathlib import Path

from . import apt, paths
from .files import alone, digest, whole_folder
from .steps import Stop, run, step

BUILD = "build"
BASE = "odoo"
# The locks are complete: pip adds nothing to them, and builds with their tools, since a sandbox's have no hashes.
INSTALL = (
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--no-build-isolation",
    "--require-hashes",
)


def lock(layer: str) -> Path:
    """Return the lock file of a layer: requirements/<layer>.txt."""
    return paths.REQUIREMENTS / f"{layer}.txt"


def folder() -> Path:
    """Return the environment's folder for this Python and this lock."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return paths.cache() / "venv" / f"{version}-{digest(lock(BUILD), lock(BASE))}"


def python() -> Path:
    """Return the environment's interpreter."""
    return folder() / "bin" / "python"


def ensure(*layers: str) -> None:
    """Make the environment where it is missing, and install `layers` upon it.

    :raise Stop: when a package cannot be installed; the sentence names the layer's lock.
    """
    with alone(folder().with_name(f"{folder().name}.lock")):
        if not _stamp(BASE).exists():
            _create()
            _install(BUILD)
            _install(BASE)
        for layer in layers:
            if not _stamp(layer).exists() or _stamp(layer).read_text() != digest(lock(layer)):
                _install(layer)


def pass_over(layer: str) -> None:
    """Do not try a layer again until its lock changes: nothing in it fits this machine."""
    _stamp(layer).write_text(digest(lock(layer)))


def _stamp(layer):
    return folder() / f".{layer}.installed"


def _create():
    target = folder()
    with step(f"Python {target.name.split('-')[0]}: virtual environment"):
        options = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
        run([sys.executable, "-m", "venv", "--clear", *options, target], paths.log("venv"))


def _install(layer):
    pip = ["-m", "pip"] if importlib.util.find_spec("ensurepip") else [_pip_wheel()]
    with step(f"Python packages: {layer}"):
        hint = f"pip could not install {lock(layer)}: check the network, then run this again"
        run(
            [python(), *pip, *INSTALL, "--requirement", lock(layer)],
            paths.log(f"pip-{layer}"),
            hint=hint,
            env=_with_programs(),
        )
    _stamp(layer).write_text(digest(lock(layer)))


def _with_programs():
    """Return an environment whose PATH has the environment's own programs first: a build calls swig."""
    return os.environ | {"PATH": f"{folder() / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def _pip_wheel():
    """Return a pip that runs from its wheel, where Debian keeps ensurepip in a package apart.

    :raise Stop: where the system is not Debian.
    """
    system, codename = apt.release()
    if system != "debian":
        raise Stop("This Python has no ensurepip: install the package that holds it (often python3-venv).")
    home = paths.cache() / "pip" / codename
    if not home.exists():
        deb = apt.Apt(codename).download("python3-pip-whl")["python3-pip-whl"]
        with whole_folder(home) as draft:
            apt.unpack(deb, draft)
    wheel = next(home.glob("usr/share/python-wheels/pip-*.whl"))
    return wheel / "pip"
