"""A pcscd of our own, with virtual readers, that no other pcscd of the machine disturbs.

pcscd knows one place for its socket, /run/pcscd. In a private mount namespace that place is a folder of ours, and
clients find it by PCSCLITE_CSOCK_NAME: no root, and any number of them at once. Where namespaces are forbidden
(some containers) root runs it in /run/pcscd itself, one at a time behind a lock.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from .card import VirtualReader

SYSTEM_DIR = Path("/run/pcscd")
LOCK = Path("/run/lock/tibillet-rig-pcscd.lock")
DRIVERS = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
INSTALL = "run `apt-get install pcscd vsmartcard-vpcd gcc`"
SLOTS = 2  # vpcd gives each entry two readers
START_S = 5
LOCK_S = 300
IN_NAMESPACE = 'mount -t tmpfs none /run && mkdir /run/pcscd && mount --bind "$0" /run/pcscd && exec "$@"'


class RigError(Exception):
    """The rig cannot run here; the message says what to install or to stop."""


def require():
    """Find everything that the rig needs. Raises RigError naming what is missing."""
    missing = [name for name in ("pcscd", "gcc") if not shutil.which(name, path=_path())]
    missing += [] if DRIVERS.exists() else ["vsmartcard-vpcd"]
    if missing:
        raise RigError(f"The reader tests need {', '.join(missing)}: {INSTALL}.")


def has_namespaces():
    """Whether this user may make a private mount namespace."""
    command = ["unshare", "-r", "-m", "mount", "-t", "tmpfs", "none", "/run"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


class Pcscd:
    """Start with `start`, end with `close`. Attributes: `readers` (VirtualReader list), `env` for PC/SC clients.

    :param names: one name, used once, for each pair of readers; pcscd appends two numbers, "Bar" gives "Bar 00 00", "Bar 00 01"
    :param int poll_us: pcscd's reader poll in microseconds; None leaves its own 400 ms
    :param private: run in a namespace of its own; False takes the machine's /run/pcscd
    """

    def __init__(self, names=("Virtual NFC",), poll_us=2000, private=None):
        require()
        self.names = tuple(names)
        self.poll_us = poll_us
        self.private = has_namespaces() if private is None else private
        self.folder = Path(tempfile.mkdtemp(prefix="rig"))  # short: a socket path has 107 bytes at most
        self.run_dir = self.folder / "run" if self.private else SYSTEM_DIR
        self.readers = []
        self._ports = {}
        self._process = None
        self._lock = None

    @property
    def env(self):
        """Environment that leads a PC/SC client to this pcscd."""
        return {"PCSCLITE_CSOCK_NAME": str(self.run_dir / "pcscd.comm")}

    @property
    def pid(self):
        """Process id of the running pcscd."""
        return self._process.pid

    def start(self, names=None):
        """Start pcscd and wait until its readers stand; `names` changes the set of readers. Returns self."""
        self.names = tuple(names or self.names)
        if self.private:
            self.run_dir.mkdir(exist_ok=True)
        else:
            self._take_the_machine()
        config = self._write_config()
        command = ["pcscd", "--foreground", "--error", "--config", str(config)]
        if "--disable-polkit" in subprocess.run(["pcscd", "--help"], capture_output=True, text=True, env=_env()).stdout:
            command.append("--disable-polkit")  # pcsc-lite 2 would ask a polkit that no container runs
        if self.private:
            command = ["unshare", "-r", "-m", "sh", "-c", IN_NAMESPACE, str(self.run_dir), *command]
        with (self.folder / "pcscd.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=_env() | self._shim(), stdout=log, stderr=log)
        self._wait_for_readers()
        return self

    def stop(self):
        """End pcscd, taking the cards away first."""
        for reader in self.readers:
            reader.remove()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def restart(self, names=None):
        """Stop and start, with another set of readers when `names` is given. Returns self."""
        self.stop()
        return self.start(names)

    def close(self):
        """Stop, and leave nothing behind."""
        self.stop()
        self._leave_the_machine()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def set_aside(self):
        """Make room for another Pcscd inside the `with`, where the machine takes one only."""
        if self.private:
            yield
            return
        self.stop()
        self._leave_the_machine()
        yield
        self.start()

    def log(self):
        """What pcscd wrote so far."""
        return (self.folder / "pcscd.log").read_text(errors="replace")

    def _write_config(self):
        config = self.folder / "conf"
        shutil.rmtree(config, ignore_errors=True)
        config.mkdir()
        self.readers = []
        for index, name in enumerate(self.names):
            if name not in self._ports:
                reserved = {port + slot for port in self._ports.values() for slot in range(SLOTS)}
                self._ports[name] = free_ports(SLOTS, reserved)
            port = self._ports[name]
            # Two entries on one library share its state and the second is dead: each gets a copy.
            library = Path(shutil.copy(DRIVERS, self.folder / f"vpcd{index}.so"))
            (config / f"{index:02}").write_text(
                f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{port:#06x}\nLIBPATH {library}\nCHANNELID {port:#06x}\n'
            )
            self.readers += [VirtualReader(f"{name} 00 {slot:02}", port + slot) for slot in range(SLOTS)]
        return config

    def _shim(self):
        if self.poll_us is None:
            return {}
        library = self.folder / "fastpoll.so"
        if not library.exists():
            source = Path(__file__).with_name("fastpoll.c")
            subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
        return {"LD_PRELOAD": str(library), "FASTPOLL_US": str(self.poll_us)}

    def _take_the_machine(self):
        if os.geteuid() != 0:
            raise RigError("Private namespaces are forbidden here (unshare -rm): run the reader tests as root.")
        if self._lock is None:
            LOCK.parent.mkdir(parents=True, exist_ok=True)
            self._lock = LOCK.open("w")
            _wait(lambda: _locked(self._lock), LOCK_S, f"Another rig holds {LOCK}.")
        if accepts(SYSTEM_DIR / "pcscd.comm"):
            raise RigError("A pcscd runs on this machine: `systemctl stop pcscd.socket pcscd.service` first.")

    def _leave_the_machine(self):
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _wait_for_readers(self):
        def stand():
            if self._process.poll() is not None:
                raise RigError(f"pcscd ended at once: {self.log()}")
            ports = listening_ports()
            return accepts(self.run_dir / "pcscd.comm") and all(reader.port in ports for reader in self.readers)

        _wait(stand, START_S, "pcscd does not come up.")


def free_ports(count, reserved=frozenset()):
    """First of `count` neighbouring TCP ports that nobody listens on, below the range that the kernel hands out."""
    taken = listening_ports() | reserved
    start = 20000 + (os.getpid() * 37 + int(time.monotonic() * 1000)) % 10000
    for port in range(start, start + 2000, count):
        if not taken.intersection(range(port, port + count)):
            return port
    raise RigError("No free TCP port between 20000 and 32000.")


def listening_ports():
    """TCP ports that some process listens on, without connecting: to vpcd a connection is a card."""
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _slot, local, _remote, state, *_rest = line.split()
            if state == "0A":
                ports.add(int(local.rpartition(":")[2], 16))
    return ports


def accepts(path):
    """Whether a process listens on this Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _locked(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(condition, seconds, message):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RigError(message)
        time.sleep(0.01)


def _path():
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def _env():
    return os.environ | {"PATH": _path()}
