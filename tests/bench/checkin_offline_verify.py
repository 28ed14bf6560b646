"""A ticket that the phone has never seen, decided by its signature in Chromium without a network; beside the signature alone."""

from statistics import quantiles

from playwright.sync_api import sync_playwright

from ..conftest import CHROMIUM, CHROMIUM_OPTIONS
from .checkin_online import EVENING

TICKETS, WARM = 300, 20

# Sold after the list was fetched: the list is emptied, so that each is told good by its signature.
DECIDE = """async ([tokens, warm]) => {
    const times = [];
    door.store.list.tickets = [];
    for (const token of tokens) {
        const start = performance.now();
        const told = await door.store.decide(token, false);
        times.push(performance.now() - start);
        if (told.answer !== "in") {
            throw new Error(`${told.answer}: ${token}`);
        }
    }
    return times.slice(warm);
}"""
SIGNATURE = """async ([count, warm]) => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    const times = [];
    for (let number = 0; number < count; number++) {
        const message = crypto.getRandomValues(new Uint8Array(27));
        const signature = await crypto.subtle.sign("Ed25519", privateKey, message);
        const start = performance.now();
        await crypto.subtle.verify("Ed25519", publicKey, signature, message);
        times.push(performance.now() - start);
    }
    return times.slice(warm);
}"""


def run(bench):
    database = bench.database()
    seeded = database.shell(EVENING % {"tickets": TICKETS + WARM})
    server = bench.threaded(database)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{server.url}/door#{seeded['code']}")
        page.wait_for_selector("body[data-ready]")
        page.evaluate("() => navigator.serviceWorker.ready")
        page.reload()
        page.wait_for_selector("body[data-ready]")
        context.set_offline(True)
        mine = page.evaluate(DECIDE, [seeded["tokens"], WARM])
        alone = page.evaluate(SIGNATURE, [TICKETS + WARM, WARM])
        browser.close()
    yield bench.row(
        "checkin_offline_verify", p95(mine), "ms", against=p95(alone), yardstick="WebCrypto's verification alone",
        tickets=TICKETS,
    )  # fmt: skip


def p95(times):
    return round(quantiles(times, n=20)[-1], 2)
