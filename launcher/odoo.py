"""Odoo as a program: its environment, its command line, its modules, a server of it."""

import ast
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import bootstrap, paths
from .databases import Databases
from .steps import TAIL, Stop, failure, step

LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")
STOP_SECONDS = 30
HEALTH = "/web/health"
_spawned: list[subprocess.Popen] = []


@dataclass(frozen=True)
class Odoo:
    """Odoo 19 on one server.

    :param databases: the server's databases; their `files` folder is Odoo's data folder.
    :param keyring: the keyring that the addons use.
    """

    databases: Databases
    keyring: Path

    def environment(self) -> dict[str, str]:
        """Return the variables of an Odoo process; odoo.conf holds all that is no machine's."""
        inherited = {key: value for key, value in os.environ.items() if key != "PGDATABASE"}
        return (
            inherited
            | self.databases.address.environment()
            | {
                "ODOO_DATA_DIR": str(self.databases.files),
                "ODOO_RC": str(paths.CONFIG),
                "PYTHONPATH": os.environ[bootstrap.MARK],
                "TIBILLET_KEYRING": str(self.keyring),
            }
        )

    def command(self, *arguments: str, subcommand: str = "server") -> list[str]:
        """Return the command line of an Odoo program."""
        return [sys.executable, "-m", "odoo", subcommand, "--config", str(paths.CONFIG), *arguments]

    def run(self, title: str, log: Path, *arguments: str) -> None:
        """Run Odoo until it ends, its log in `log`, showing the module it loads.

        :raise Stop: when it ends with an error.
        """
        command = self.command(*arguments, "--stop-after-init", "--max-cron-threads=0", "--no-http")
        with step(title, lambda: loading(log)):
            code = self.wait(self.spawn(command, log))
            if code:
                raise Stop(failure(["Odoo"], code, log))

    def script(self, database: str, code: str, log: Path) -> None:
        """Run Python code in `odoo shell` of a database; `env` is there, committed by the code.

        :raise Stop: when the code raises.
        """
        command = self.command("--database", database, "--no-http", subcommand="shell")
        with log.open("ab") as output:
            done = subprocess.run(
                command,
                input=code.encode(),
                stdout=output,
                stderr=output,
                env=self.environment(),
                cwd=paths.ROOT,
                check=False,
            )
        if done.returncode:
            raise Stop(failure(["Odoo shell"], done.returncode, log))

    def spawn(self, command, log: Path) -> subprocess.Popen:
        """Start a process of Odoo in a session of its own, with its output appended to `log`."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment(),
                cwd=paths.ROOT,
                start_new_session=True,
            )
        _spawned.append(process)
        return process

    def wait(self, process: subprocess.Popen) -> int:
        """Return the process's exit code; end it when this program is interrupted meanwhile."""
        try:
            return process.wait()
        except BaseException:
            end(process)
            raise

    @contextlib.contextmanager
    def serving(self, database: str, port: int, log: Path, *arguments: str):
        """Yield the address of a server of `database` once it answers; stop it afterwards.

        :raise Stop: when it ends before it answers.
        """
        url = f"http://127.0.0.1:{port}"
        command = self.command(
            "--database", database, "--db-filter", f"^{re.escape(database)}$", "--http-port", str(port), *arguments
        )
        process = self.spawn(command, log)
        try:
            wait_for_answer(url, process, log)
            yield url, process
        finally:
            end(process)


def loading(log: Path) -> str:
    """Return the progress that Odoo's log shows, e.g. "account 12/40"."""
    with log.open("rb") as handle:
        handle.seek(0, os.SEEK_END)
        handle.seek(max(0, handle.tell() - 4096))
        found = LOADING.findall(handle.read().decode(errors="replace"))
    return "{} {}/{}".format(*found[-1]) if found else ""


def wait_for_answer(url: str, process: subprocess.Popen, log: Path, seconds: int = 300) -> None:
    """Return when the server answers its health check.

    :raise Stop: when it ends, or stays silent for `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Stop(failure(["Odoo"], process.returncode, log))
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(url + HEALTH, timeout=5):
                return
        time.sleep(0.1)
    tail = "\n    ".join(log.read_text(errors="replace").splitlines()[-TAIL:])
    raise Stop(f"Odoo did not answer on {url} within {seconds} s; its log is {log}:\n    {tail}")


def end_all() -> None:
    """End every process that `spawn` started: threads that wait for them go on then."""
    for process in _spawned:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Ask a process to end, then make it and its children."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port(first: int = 0) -> int:
    """Return `first` if that port of 127.0.0.1 is free, else one that is."""
    for port in (first, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise Stop("No free port on 127.0.0.1: end a program that uses many, then run this again.")


def addons() -> list[str]:
    """Return the names of our installable addons; TIBILLET_ADDONS (comma-separated) chooses fewer."""
    chosen = os.environ.get("TIBILLET_ADDONS")
    found = [path.parent.name for path in sorted(paths.ADDONS.glob("*/__manifest__.py")) if _installable(path)]
    return [name for name in found if name in chosen.split(",")] if chosen else found


def _installable(manifest):
    return ast.literal_eval(manifest.read_text()).get("installable", True)
