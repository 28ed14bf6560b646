"""Odoo's own IoT Box, `iot_drivers`, as a process: no database, our handlers loaded as the box loads them."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .pcscd import RigError, free_ports

HANDLERS = Path(__file__).parents[2] / "iot_box" / "iot_handlers"
PROGRAM = Path(__file__).with_name("box_server.py")
NEEDED = {"odoo": "Odoo 19", "netifaces": "netifaces2", "schedule": "schedule", "websocket": "websocket-client"}
START_S = 60


class OdooBox:
    """`start`, then call `url`; `close` at the end.

    :param dict env: environment that leads it to a pcscd
    :param python_path: folders put before all others, to shadow a package
    """

    def __init__(self, env, python_path=()):
        missing = [package for module, package in NEEDED.items() if importlib.util.find_spec(module) is None]
        if missing:
            raise RigError(f"The test of the IoT Box handlers needs {', '.join(missing)} in this Python.")
        self.folder = Path(tempfile.mkdtemp(prefix="odoobox"))
        self.port = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self._env = os.environ | env | {"TIBILLET_RIG_HANDLERS": str(HANDLERS)}
        self._env["PYTHONPATH"] = os.pathsep.join(filter(None, [*map(str, python_path), *sys.path]))
        self._process = None

    def start(self):
        """Start it and wait until it answers. Returns self."""
        (self.folder / "odoo.conf").write_text("[options]\n")
        odoo = Path(importlib.util.find_spec("odoo").submodule_search_locations[0])
        command = [sys.executable, PROGRAM, "server", f"--config={self.folder / 'odoo.conf'}"]
        command += [f"--addons-path={odoo / 'addons'}", "--load=iot_drivers,web"]
        command += [f"--http-port={self.port}", "--http-interface=127.0.0.1", "--max-cron-threads=0"]
        command += [f"--data-dir={self.folder / 'data'}"]
        with (self.folder / "odoo.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=self._env, cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RigError(f"Odoo's IoT Box does not start: {self.log()}")
            time.sleep(0.1)
        return self

    def close(self):
        """End it, and leave nothing behind."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        """What it wrote so far."""
        return (self.folder / "odoo.log").read_text(errors="replace")

    def _answers(self):
        try:
            with urllib.request.urlopen(self.url + "/hw_proxy/hello", timeout=2) as response:
                return response.read() == b"ping"
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
