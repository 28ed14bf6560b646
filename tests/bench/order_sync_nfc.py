"""Sync orders from 1, 8 and 30 tills of a French venue, paid by card, beside stock Odoo's cash order of the same product.

Stock is a French company with its fiscal module and Odoo's default settings. Both are driven by wrk as fast as they answer, in
turn; then ours is offered what thirty busy tills send, an order each five seconds. Last comes the row that decides.
"""

import json
import threading
from statistics import quantiles
from time import monotonic, sleep

from ..tills import cash_order, held_order, open_stock, open_tills, sync
from ..wrk import Load, body, load

ROUTE = "/web/dataset/call_kw/pos.order/sync_from_ui"
GOOD = '"pos.order"'
WORKERS = 5  # two a core and one, as Odoo's manual says
TILLS, STOCK_TILLS, CARDS = 30, 8, 300
SECONDS, MOST_A_SECOND = 10, 60
OFFERED, OFFERED_SECONDS, LIMIT_MS = 6, 20, 500.0


def run(bench):
    stock, ours = Stock(bench), Venue(bench)
    default = {tills: stock.drive(tills) for tills in (1, STOCK_TILLS)}
    measured = {tills: ours.drive(tills) for tills in (1, STOCK_TILLS, TILLS)}
    for tills in (1, STOCK_TILLS):
        yield row(bench, f"{tills} tills", measured[tills], default[tills])
    times, failed = ours.offer()
    p95 = round(quantiles(times, n=20)[-1], 1)
    yield bench.row(
        "order_sync_nfc", p95, "ms", against=LIMIT_MS, yardstick="half a second", failed=failed,
        case=f"p95 of {OFFERED} orders a second offered by {TILLS} tills", p50=round(quantiles(times, n=2)[0], 1),
    )  # fmt: skip
    ours.prove()
    yield row(bench, f"{TILLS} tills against stock at {STOCK_TILLS}", measured[TILLS], default[STOCK_TILLS])


def row(bench, case, ours, stock):
    return bench.row(
        "order_sync_nfc", ours.rate, "1/s", against=stock.rate, yardstick="stock's cash order", case=case, p50=ours.p50,
        p95=ours.p95, failed=ours.failed, stock_failed=stock.failed,
    )  # fmt: skip


class Side:
    """A server and its tills."""

    def __init__(self, bench, database, opened):
        self.database, self.opened = database, opened
        self.client = bench.workers(database, WORKERS).client(opened["login"], opened["login"])
        # Each worker loads its registry and caches before anything is counted.
        load(self.client, ROUTE, self.bodies(STOCK_TILLS, 200), GOOD, WORKERS * 2, 4)

    def drive(self, tills):
        """So many tills, each sending its next order when the last is answered; none of the answered may be lost."""
        before = self.stored()
        done = load(self.client, ROUTE, self.bodies(tills, SECONDS * MOST_A_SECOND), GOOD, tills, SECONDS)
        sleep(1)  # those under way when wrk stopped
        lost = round(done.rate * SECONDS) - done.failed - (self.stored() - before)
        return Load(done.rate, done.p50, done.p95, done.failed + max(lost, 0))

    def bodies(self, tills, count):
        """So many orders, the tills in turn; wrk must not send one twice."""
        return [body(sync(order)) for order in self.orders(self.opened["tills"][:tills], count)]

    def stored(self):
        return self.one("SELECT count(*) FROM pos_order WHERE state = 'paid'")

    def one(self, query):
        connection = self.database.connect()
        with connection.cursor() as cr:
            cr.execute(query)
            [value] = cr.fetchone()
        connection.close()
        return value


class Stock(Side):
    """Odoo as it comes, in cash."""

    def __init__(self, bench):
        database = bench.stock()
        super().__init__(bench, database, open_stock(database, STOCK_TILLS))

    def orders(self, tills, count):
        return [cash_order(self.opened, tills[number % len(tills)]) for number in range(count)]


class Venue(Side):
    """A venue of ours, by card."""

    def __init__(self, bench):
        database = bench.database()
        super().__init__(bench, database, open_tills(database, TILLS, cards=CARDS, balance=10_000_000))

    def orders(self, tills, count):
        connection = self.database.connect()
        with connection.cursor() as cr:
            orders = [held_order(self.opened, tills[n % len(tills)], cr, n % CARDS) for n in range(count)]
        connection.close()
        return orders

    def offer(self):
        """Send at a fixed rate, whatever the answers take: (ms of each, from when it was due; how many were refused)."""
        orders = self.orders(self.opened["tills"], OFFERED * OFFERED_SECONDS)
        times, refused, start = [], [], monotonic() + 0.5

        def till(number):
            mine = self.client.clone()
            for turn in range(number, len(orders), TILLS):
                due = start + turn / OFFERED
                sleep(max(due - monotonic(), 0))
                answer = mine.send(ROUTE, sync(orders[turn]))
                times.append((monotonic() - due) * 1000)
                if GOOD not in json.dumps(answer):
                    refused.append(answer)

        threads = [threading.Thread(target=till, args=[number]) for number in range(TILLS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times, len(refused)

    def prove(self):
        """Every paid order is sealed by itself, in one unbroken chain that Odoo's own check finds sound."""
        sleep(2)
        waiting = self.one(
            "SELECT count(*) FROM pos_order WHERE state = 'paid' AND coalesce(l10n_fr_secure_sequence_number, 0) = 0"
        )
        assert not waiting, f"{waiting} orders wait for their seal"
        report = self.database.shell(
            f"company = env['res.company'].browse({self.opened['company_id']})\n"
            "result = company.with_company(company)._check_pos_hash_integrity()['corrupted_orders']\n"
        )
        assert report == "None", report
