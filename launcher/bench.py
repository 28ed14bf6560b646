"""`bench`: measures on a durable PostgreSQL; one JSON object a line on standard output."""

import os
import subprocess
import sys

from . import paths, servers, system
from .files import alone
from .postgres import DURABLE
from .steps import Stop, attend
from .template import Template
from .test import ensure_tools

FOLDER = paths.ROOT / "tests" / "bench"
PACKAGES = ("nginx", "wrk")
FRAME = ("__init__", "__main__", "frame", "front")
PREFIX = "tibillet_bench"


def known() -> list[str]:
    """Return the names of the benches: the files of tests/bench that are not its frame."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in FRAME)


def bench(names: list[str]) -> int:
    """Run the named benches, or all; return 0 when each ended.

    :raise Stop: for an unknown name, or when the set-up fails.
    """
    if unknown := [name for name in names if name not in known()]:
        raise Stop(f"There is no bench {unknown[0]}: choose from {', '.join(known()) or 'none yet'}.")
    ensure_tools()
    system.install(PACKAGES, "the benches")
    with (
        alone(paths.STATE / "bench.lock", "Another ./tibillet bench runs in this folder: it would spoil both."),
        servers.running("bench", DURABLE) as address,
    ):
        template = Template(address, PREFIX)
        template.ensure()
        environment = os.environ | address.environment() | {"TIBILLET_TEMPLATE": template.name}
        command = [sys.executable, "-m", "tests.bench", *(names or known())]
        return attend(subprocess.Popen(command, env=environment, cwd=paths.ROOT))
