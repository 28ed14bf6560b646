"""From the payer's return page to the money on the wallet, beside a plain online payment of stock Odoo on the same server.

Stock notes the payment on its return page and books it when the payer's next page asks how it is; ours credits the wallet and
books both entries before the return page answers. Both ask the same Stripe, on 127.0.0.1, in turn.
"""

import os
from statistics import quantiles
from time import perf_counter

from ..online import SECRET, SEED, Venue, Wire
from ..rig.fakestripe import FakeStripe

TOP_UPS, EUROS, WARM = 60, 5, 3


def run(bench):
    database = bench.database()
    seeded = database.shell(SEED % {"secret": SECRET, "people": ("ann",)})
    stripe = FakeStripe(SECRET)
    os.environ["TIBILLET_STRIPE_API"] = stripe.url
    try:
        wire = Wire(Venue(bench.threaded(database), stripe, seeded), "ann")
        [payer] = wire.venue.rows("SELECT partner_id, (SELECT id FROM res_currency WHERE name = 'EUR') FROM res_users "
                                  "WHERE login = 'ann'")  # fmt: skip
        rounds = [(stock(wire, *payer), ours(wire)) for _round in range(WARM + TOP_UPS)][WARM:]
    finally:
        del os.environ["TIBILLET_STRIPE_API"]
        stripe.stop()
    credited = [("done", "credited", EUROS * 100)] * (WARM + TOP_UPS)
    assert wire.venue.outcome("ann")[:3] == (EUROS * 100 * (WARM + TOP_UPS), 0, credited)
    theirs, mine = (p95(times) for times in zip(*rounds, strict=True))
    yield bench.row(
        "topup_web", mine, "ms", against=theirs, yardstick="stock's return page and status", top_ups=TOP_UPS
    )


def ours(wire):
    """Milliseconds from the return page to a wallet that is credited."""
    _intent, address = wire.pay(EUROS)
    return timed(lambda: wire.come_back(address))


def stock(wire, partner, currency):
    """Milliseconds from the return page to a payment in the books."""
    _intent, address = wire.pay(EUROS, "/payment/transaction", partner_id=partner, currency_id=currency)

    def back():
        wire.come_back(address)
        assert wire.client.post("/payment/status/poll", {})["state"] == "done"

    return timed(back)


def timed(act):
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def p95(times):
    return round(quantiles(times, n=20)[-1], 1)
