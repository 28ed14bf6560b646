"""The lint: style and mistakes that a machine sees, each tool one check."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import bootstrap, paths, system
from .files import digest, whole_folder
from .jobs import Result
from .steps import Stop, run, step

NODE_FILES = ("package.json", "package-lock.json")
SCRIPTS = ("addons/**/*.js",)
FORMATTED = ("addons/**/*.{js,xml,scss}", "*.{mjs,json}")


@dataclass(frozen=True)
class Tool:
    """A check of the lint and, where it can mend what it finds, the command that does."""

    name: str
    check: tuple[str, ...]
    mend: tuple[str, ...] = ()


def lint() -> Result:
    """Run every tool; a failed one is a failure with its output."""
    result = Result("lint")
    for tool in _tools():
        done = _call(tool.check)
        if done.returncode:
            result.failures.append(f"{tool.name}\n{done.stdout}")
        else:
            result.passed += 1
    return result


def mend() -> None:
    """Let the tools rewrite what they can."""
    for tool in _tools():
        if tool.mend:
            _call(tool.mend)


def _tools():
    binaries = Path(sys.executable).parent
    node = node_modules() / ".bin"
    ruff, pylint = str(binaries / "ruff"), str(binaries / "pylint")
    eslint, prettier = str(node / "eslint"), str(node / "prettier")
    return [
        Tool("ruff check", (ruff, "check"), (ruff, "check", "--fix")),
        Tool("ruff format", (ruff, "format", "--check"), (ruff, "format")),
        Tool("pylint-odoo", (pylint, "--rcfile=.pylintrc", *(f"addons/{name}" for name in _addons()))),
        Tool(
            "eslint",
            (eslint, "--no-error-on-unmatched-pattern", "--max-warnings=0", *SCRIPTS),
            (eslint, "--no-error-on-unmatched-pattern", "--fix", *SCRIPTS),
        ),
        Tool(
            "prettier",
            (prettier, "--check", "--no-error-on-unmatched-pattern", "--log-level=warn", *FORMATTED),
            (prettier, "--write", "--no-error-on-unmatched-pattern", "--log-level=warn", *FORMATTED),
        ),
    ]


def _addons():
    return [path.parent.name for path in sorted(paths.ADDONS.glob("*/__manifest__.py"))]


def _call(command):
    # pylint-odoo reads Odoo's own classes to know what a method overrides.
    environment = os.environ | {"PYTHONPATH": os.environ[bootstrap.MARK], "RUFF_NO_CACHE": "true", "NO_COLOR": "1"}
    return subprocess.run(
        command,
        cwd=paths.ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def node_modules():
    """Return what package-lock.json names, installed in the cache and linked into the checkout.

    :raise Stop: where there is no npm and it cannot be installed.
    """
    files = [paths.ROOT / name for name in NODE_FILES]
    folder = paths.cache() / "node" / digest(*files)
    if not folder.exists():
        if not shutil.which("npm"):
            system.install(["npm"], "the lint and the tests of screens")
        with step("Node packages of the lint and the tests of screens"), whole_folder(folder) as draft:
            for file in files:
                shutil.copy2(file, draft)
            run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], paths.log("npm"), cwd=draft)
    link = paths.ROOT / "node_modules"
    if link.exists() and not link.is_symlink():
        raise Stop(f"{link} is not the launcher's link: remove it, then run this again.")
    # The link is where eslint and prettier look for their plugins.
    link.unlink(missing_ok=True)
    link.symlink_to(folder / "node_modules")
    return link
