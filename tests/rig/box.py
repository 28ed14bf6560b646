"""The box's daemon as a process of its own, the way a till meets it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .pcscd import RigError, free_ports, listening_ports

SOURCE = Path(__file__).parents[2] / "iot_box" / "src"
START_S = 10


class Box:
    """`tibillet-iot` on a free port of 127.0.0.1 with a token of its own.

    :param dict env: environment that leads it to a pcscd
    :param settings: any setting of the box, as its environment names it in lower case (origins, port, ...)
    """

    def __init__(self, env, **settings):
        self.folder = Path(tempfile.mkdtemp(prefix="box"))
        self.port = int(settings.pop("port", 0)) or free_ports(1)
        self.token = "rig-pairing-token-0123456789"
        settings = {"port": self.port, "token": self.token, "log_level": "DEBUG"} | settings
        self._env = os.environ | env | {f"TIBILLET_IOT_{name.upper()}": str(value) for name, value in settings.items()}
        self._env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH")]))
        self._process = None

    @property
    def url(self):
        """`http://127.0.0.1:PORT`"""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self):
        """Where a till hears the taps."""
        return f"ws://127.0.0.1:{self.port}/taps"

    @property
    def pid(self):
        """Process id of the daemon."""
        return self._process.pid

    def start(self):
        """Start the daemon and wait until it listens. Returns self."""
        command = [sys.executable, "-m", "tibillet_iot", "--dir", str(self.folder), "serve"]
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._env, stdout=log, stderr=log)
        self._wait(lambda: self.port in listening_ports(), "does not start")
        return self

    def wait_for_readers(self):
        """Wait until the daemon watches its readers: a card put on one before is no tap. Returns self."""
        self._wait(lambda: " readers: " in self.log(), "sees no reader")
        return self

    def close(self):
        """Stop, and leave nothing behind. Raises RigError when the daemon died or would not end."""
        code, log = self.stop(), self.log()
        shutil.rmtree(self.folder, ignore_errors=True)
        if code:
            raise RigError(f"tibillet-iot ended with {code}: {log}")

    def stop(self):
        """End the daemon as systemd does; returns its exit code, None if it did not run."""
        if self._process is None:
            return None
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._process = None
        return code

    def log(self):
        """What the daemon wrote so far."""
        return self._log_path.read_text(errors="replace") if self._log_path.exists() else ""

    def _wait(self, condition, failure):
        deadline = time.monotonic() + START_S
        while not condition():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RigError(f"tibillet-iot {failure}: {self.log()}")
            time.sleep(0.02)

    @property
    def _log_path(self):
        return self.folder / "box.log"


@contextlib.contextmanager
def running_box(env, **settings):
    """A started Box that sees its readers and is stopped at the end of the `with`."""
    box = Box(env, **settings)
    try:
        yield box.start().wait_for_readers()
    finally:
        box.close()
