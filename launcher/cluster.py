"""A PostgreSQL of the checkout's own: data in its state folder, a private socket, stopped by its pid."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import psycopg2

from . import paths
from .postgres import Address, programs
from .steps import TAIL, Stop, run, step

USER = "odoo"  # the clusters' only role; Odoo refuses to run as "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107  # bytes of a Unix socket's path
START_SECONDS = 60
SYSTEM_USERS = ("postgres", "tibillet")  # who runs PostgreSQL when we are root


class Cluster:
    """One PostgreSQL data folder and its server.

    :param name: short name, e.g. "main" or "test"; part of its paths.
    :param settings: server settings, DURABLE or VOLATILE.
    """

    def __init__(self, name: str, settings: dict[str, str]):
        self.name = name
        self.settings = settings
        self.account = _account() if os.geteuid() == 0 else None
        self.data = _data_folder(name, self.account)
        self.socket = Path("/tmp") / f"tibillet-{os.getuid()}-{paths.CHECKOUT_ID}-{name}"
        check_socket(self.socket)
        self.address = Address(host=str(self.socket), user=USER)
        self.process = None

    @contextlib.contextmanager
    def running(self):
        """Yield the address of the running server; stop it afterwards if it was started here."""
        self._start()
        try:
            yield self.address
        finally:
            self._stop()

    def _start(self):
        if self._answers() and self._owner_lives():
            return
        if pid := self._postmaster():
            # Its launcher was killed: the server is ours to stop now.
            self._end(pid)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._refuse_other_version()
        with step(f"PostgreSQL ({self.name})"):
            self._private_folder(self.socket)
            log = paths.log(f"postgres-{self.name}")
            options = [part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")]
            command = [programs() / "postgres", "-D", self.data, "-k", self.socket, *options]
            with log.open("ab") as output:
                # A session of its own: Ctrl-C ends Odoo first, then this.
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd="/",
                    start_new_session=True,
                    **self._identity(),
                )
            self._wait(log)
            self._owner_file().write_text(str(os.getpid()))

    def _wait(self, log):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self._stop()
        tail = "\n    ".join(log.read_text(errors="replace").splitlines()[-TAIL:])
        raise Stop(f"PostgreSQL did not start; its output is in {log}:\n    {tail}")

    def _create(self):
        with step(f"PostgreSQL ({self.name}): create the cluster"):
            self.data.parent.mkdir(parents=True, exist_ok=True)
            self._refuse_unreachable()
            if self.data.exists():
                shutil.rmtree(self.data)
            self._private_folder(self.data)
            log = paths.log(f"initdb-{self.name}")
            # The socket's folder admits its owner and root only, so "trust" trusts nobody else.
            run(
                [
                    programs() / "initdb",
                    "-D",
                    self.data,
                    "-U",
                    USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ],
                log,
                cwd="/",
                **self._identity(),
            )

    def _refuse_other_version(self):
        ours = (self.data / "PG_VERSION").read_text().strip()
        text = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        if not re.search(rf"\b{ours}\b", text):
            raise Stop(
                f"{self.data} is of PostgreSQL {ours} but the programs are {text.strip()}: "
                "move the databases by pg_dump (docs/operations.md), or forget them with ./tibillet reset."
            )

    def _refuse_unreachable(self):
        if not self.account:
            return
        for needed, remedy in ((programs() / "initdb", "set TIBILLET_CACHE"), (self.data.parent, "move the checkout")):
            if not _reachable(needed, self.account):
                raise Stop(
                    f"PostgreSQL does not run as root, and its user {self.account.pw_name} cannot reach {needed}: "
                    f"{remedy} to a folder that everyone may read."
                )

    def _private_folder(self, folder):
        """Make a folder that only the server's user can enter; refuse one that another made."""
        owner = self.account.pw_uid if self.account else os.getuid()
        with contextlib.suppress(FileExistsError):
            folder.mkdir(parents=True, mode=0o700)
            if self.account:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != owner or state.st_mode & 0o077:
            raise Stop(f"{folder} belongs to someone else or is open to others: remove it, then run this again.")

    def _identity(self):
        if not self.account:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _owner_file(self):
        return paths.STATE / f"postgres-{self.name}.owner"

    def _owner_lives(self):
        owner = self._owner_file()
        return owner.exists() and _alive(int(owner.read_text() or 0))

    def _answers(self):
        with contextlib.suppress(psycopg2.OperationalError):
            self.address.connect().close()
            return True
        return False

    def _postmaster(self):
        """Return the pid of this data folder's server, or None."""
        file = self.data / "postmaster.pid"
        if not file.exists():
            return None
        pid = int(file.read_text().splitlines()[0])
        if not _alive(pid):
            return None
        command = Path(f"/proc/{pid}/cmdline")
        # A pid is reused after a reboot: the process must name our folder.
        return pid if not command.exists() or str(self.data) in command.read_text() else None

    def _stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            self.process.wait(timeout=START_SECONDS)
            self._owner_file().unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self.socket.rmdir()
        self.process = None

    def _end(self, pid):
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + START_SECONDS
        # The file goes last; the process may linger as a zombie of whoever started it.
        while self._postmaster() and time.monotonic() < deadline:
            time.sleep(0.1)

    def remove(self):
        """Stop the server and delete its data."""
        if pid := self._postmaster():
            self._end(pid)
        for folder in (self.data, self.socket):
            if folder.exists():
                shutil.rmtree(folder)


def check_socket(folder: Path) -> None:
    """Raise Stop when a socket in `folder` would have a path longer than the kernel takes."""
    length = len(os.fsencode(folder / SOCKET_NAME))
    if length > SOCKET_LIMIT:
        raise Stop(f"The socket path {folder / SOCKET_NAME} has {length} bytes, {SOCKET_LIMIT} are allowed.")


def _account():
    """Return the system account that runs PostgreSQL for root, made where none exists."""
    for name in SYSTEM_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USERS[-1]], check=True
    )
    return pwd.getpwnam(SYSTEM_USERS[-1])


def _data_folder(name, account):
    inside = paths.STATE / "postgres" / name
    if account and not _reachable(paths.ROOT, account):
        return Path("/var/lib/tibillet") / paths.CHECKOUT_ID / name
    return inside


def _reachable(path, account):
    """Say whether `account` may pass through every existing folder down to `path`."""
    probe = subprocess.run(
        ["test", "-x", path if path.exists() else path.parent],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return not probe.returncode


def _alive(pid):
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
