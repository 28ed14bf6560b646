"""The command line: names, options, and the exit code of each command."""

import argparse
import os
import signal
import sys
from pathlib import Path

from . import bootstrap, steps
from .steps import Stop, say

LAYERS = {"test": ("test",), "bench": ("test",)}  # locks that a command needs beside Odoo's


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code: 0 done, 1 failed or refused, 130 interrupted."""
    options = parser().parse_args(arguments)
    # What root puts into the cache is read by the user who runs PostgreSQL.
    os.umask(0o022)
    if options.command == "bench":
        steps.out = sys.stderr
    # `kill` ends a command as Ctrl-C does: what it started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        bootstrap.enter(arguments, *LAYERS.get(options.command, ()))
        return _run(options)
    except Stop as stop:
        say(f"\n{stop}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the parser of ./tibillet."""
    root = argparse.ArgumentParser(prog="./tibillet", description="TiBillet on Odoo 19.")
    commands = root.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="serve the demo network on this machine")
    up.add_argument("--port", type=int, help="HTTP port (8069, or a free one)")
    test = commands.add_parser("test", help="run every test, or the named parts")
    test.add_argument("parts", nargs="*", help="an addon, tests, iot_box, launcher, stock, demo or lint")
    test.add_argument("--fix", action="store_true", help="let the lint's tools rewrite what they can, first")
    bench = commands.add_parser("bench", help="run every bench, or the named ones; one JSON object a line")
    bench.add_argument("names", nargs="*", help="a file of tests/bench")
    shell = commands.add_parser("shell", help="a Python prompt with `env`")
    shell.add_argument("database", nargs="?", default="tibillet")
    verify = commands.add_parser("verify", help="check a database's ledger and closings, or a fiscal archive")
    verify.add_argument("what", nargs="?", default="tibillet", help="a database, or an archive: a .zip file")
    reset = commands.add_parser("reset", help="remove the databases, keyring and state of this checkout")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    return root


def _run(options):
    # Only now, inside the virtual environment, can these import its packages.
    if options.command == "up":
        from .up import up

        return up(options.port)
    if options.command == "test":
        from .test import test

        return test(options.parts, fix=options.fix)
    # What root puts into the cache is read by the user who runs PostgreSQL.
    os.umask(0o022)
    if options.command == "bench":
        from .bench import bench

        return bench(options.names)
    if options.command == "shell":
        from .shell import shell

        return shell(options.database)
    if options.command == "verify":
        from .verify import verify, verify_archive

        if options.what.endswith(".zip"):
            return verify_archive(Path(options.what))
        return verify(options.what)
    from .reset import reset

    return reset(options.yes)
