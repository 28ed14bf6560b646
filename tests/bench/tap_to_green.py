"""From the touch of a card to green on the till: virtual card → pcscd → box → till in Chromium → hold → screen.

Beside an empty call of the same page to the same server, which no tap can beat. With the 2 ms poll of the rig's readers,
then with pcscd's own of 400 ms: the poll is the virtual reader's only, a USB reader wakes pcscd by itself.
"""

import time

from playwright.sync_api import sync_playwright

from ..conftest import CHROMIUM, CHROMIUM_OPTIONS
from ..rig.box import running_box
from ..rig.pcscd import Pcscd, free_ports
from ..till import Till
from ..venue import open_venue
from .box_event import median, percentile

TAPS, STOCK_TAPS, WARM_UP = 60, 20, 5
STOCK_US = 400_000
WATCH = """() => new MutationObserver(() => {
    if (!window.green && document.querySelector(".tibillet-result-paid")) {
        requestAnimationFrame(() => (window.green = performance.timeOrigin + performance.now()));
    }
}).observe(document.body, { childList: true, subtree: true })"""
EMPTY = """async () => {
    const start = performance.now();
    await fetch("/web/session/check", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params: {} }) });
    return performance.now() - start;
}"""


def run(bench):
    """Yield the 95th percentile in ms, stock pcscd first."""
    port = free_ports(1)
    database = bench.database()
    venue = open_venue(
        database, cards=8, balance=10**6, box_url=f"ws://127.0.0.1:{port}/taps", box_token="bench-token-0123456789"
    )
    server = bench.threaded(database)
    for case, poll_us, taps in (("stock pcscd", None, STOCK_TAPS), ("2 ms poll", 2000, TAPS)):
        green, empty = latencies(server, venue, port, poll_us, taps)
        yield bench.row(
            "tap_to_green", percentile(green), "ms", against=percentile(empty), yardstick="empty call of the page",
            case=case, median=median(green), taps=taps,
        )  # fmt: skip


def latencies(server, venue, port, poll_us, taps):
    """Return the milliseconds of each tap to green, and of as many empty calls."""
    service = Pcscd(poll_us=poll_us)
    try:
        reader = service.start().readers[0]
        settings = {"port": port, "origins": server.url, "token": "bench-token-0123456789"}
        with running_box(service.env, **settings), sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
            till = Till(chromium.new_page(), server, venue).open().wait_for_reader()
            till.page.evaluate(WATCH)
            green = [one_tap(till, reader, number, poll_us) for number in range(WARM_UP + taps)][WARM_UP:]
            empty = [till.page.evaluate(EMPTY) for _call in range(taps)]
            chromium.close()
            return green, empty
    finally:
        service.close()


def one_tap(till, reader, number, poll_us):
    """Sell one beer; return the milliseconds between the card's touch and green."""
    uids = till.venue["uids"]
    till.order().pay("NFC card").waiting()
    till.page.evaluate("() => { window.green = 0; }")
    time.sleep((poll_us or STOCK_US) / 1e6 * (number % 10) / 10)  # a hand knows nothing of the poll's phase
    touched = reader.insert(uids[number % len(uids)]) + time.time() - time.perf_counter()
    till.page.wait_for_function("() => window.green")
    reader.remove()
    till.wait_paid(number + 1)
    till.page.locator(".product-screen").wait_for()
    return till.page.evaluate("() => window.green") - touched * 1000
