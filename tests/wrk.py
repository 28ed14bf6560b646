"""Drive JSON-RPC routes and pages with wrk: a load generator in Python would take a core of its own."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(__file__).with_name("wrk.lua")


class Load(NamedTuple):
    """What wrk saw: ``rate`` answers a second, ``p50`` and ``p95`` in ms, ``failed`` answers without what was expected."""

    rate: float
    p50: float
    p95: float
    failed: int


def load(client, route, bodies, expected, connections, seconds):
    """Send POST requests over so many connections at once; GET where there is nothing to post.

    :param client: a logged-in ``tests.server.Client``, or whatever has its ``url`` and ``session``
    :param list bodies: JSON texts taken in turn; ``@@`` stands for a number never given twice
    :param str expected: what every good answer holds
    """
    cookie = client.session.cookies.get("session_id", "")
    lines = [cookie, expected, *bodies]
    given = SCRIPT.parent.parent / ".tibillet" / "wrk.requests"
    given.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", SCRIPT, client.url + route,
         "--", given],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Load(**json.loads(done.stdout.strip().splitlines()[-1]))


def body(parameters):
    """A JSON-RPC request's text."""
    return json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": parameters})
