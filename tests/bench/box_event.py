"""From the touch of a card to the till's page: virtual card → pcscd → box → WebSocket → Chromium's `onmessage`."""

import statistics
import time

from playwright.sync_api import sync_playwright

from ..conftest import CHROMIUM, CHROMIUM_OPTIONS
from ..rig.box import running_box
from ..rig.pcscd import Pcscd, free_ports

TAPS = 200
STOCK_US = 400_000
STOCK_TAPS = 40  # pcscd's own poll makes each one last half a second
LISTEN = """([url, token]) => new Promise((ready, refused) => {
    window.taps = {};
    const socket = new WebSocket(url);
    socket.onclose = ({ code }) => refused(new Error(`closed ${code}`));
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token }));
    socket.onmessage = ({ data }) => {
        const now = performance.timeOrigin + performance.now();
        const frame = JSON.parse(data);
        if (frame.type === "tap") window.taps[frame.uid] = now;
        if (frame.type === "gone") window.gone = frame.seq;
        if (frame.type === "ready") ready();
    };
})"""


def run(bench):
    """Yield the 95th percentile in ms with the 2 ms poll, against the one with pcscd's own 400 ms poll.

    The poll is the virtual reader's only: a USB reader wakes pcscd by itself.
    """
    stock = latencies(None, STOCK_TAPS)
    quick = latencies(2000, TAPS)
    yield bench.row("box_event", percentile(stock), "ms", case="stock pcscd", median=median(stock), taps=STOCK_TAPS)
    yield bench.row(
        "box_event", percentile(quick), "ms", against=percentile(stock), yardstick="stock pcscd", case="2 ms poll",
        median=median(quick), taps=TAPS,
    )  # fmt: skip


def latencies(poll_us: int | None, taps: int) -> list[float]:
    """Return the milliseconds of each tap with this poll of pcscd."""
    service = Pcscd(poll_us=poll_us)
    try:
        reader = service.start().readers[0]
        port = free_ports(1)
        settings = {"port": port, "origins": f"http://127.0.0.1:{port}"}
        with running_box(service.env, **settings) as box, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
            page = chromium.new_page()
            # Any page of this machine will do, even "not found": others may not reach a local socket unasked.
            page.goto(box.url)
            page.evaluate(LISTEN, [box.ws_url, box.token])
            found = []
            for index in range(taps):
                time.sleep((poll_us or STOCK_US) / 1e6 * (index % 10) / 10)  # a hand knows nothing of the poll's phase
                found.append(one_tap(page, reader, f"04A1B2C3D4{index:04X}"))
            chromium.close()
            return found
    finally:
        service.close()


def one_tap(page, reader, uid: str) -> float:
    """Tap a card; return the milliseconds until the page heard of it."""
    seen = page.evaluate("window.gone || 0")
    touched = reader.insert(uid) + time.time() - time.perf_counter()
    page.wait_for_function("uid => window.taps[uid]", arg=uid)
    reader.remove()
    page.wait_for_function("seen => window.gone > seen", arg=seen)
    return page.evaluate("uid => window.taps[uid]", uid) - touched * 1000


def median(values: list[float]) -> float:
    """Return the median, to a tenth."""
    return round(statistics.median(values), 1)


def percentile(values: list[float]) -> float:
    """Return the 95th percentile, to a tenth."""
    return round(statistics.quantiles(values, n=20)[-1], 1)
