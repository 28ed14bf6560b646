"""A festival at work: what its tills do, drawn from a seed, and what must hold when it is over."""

import queue
import threading
import uuid
from time import monotonic, sleep
from typing import NamedTuple

from .kernel.world import ledger
from .tills import card_order, open_tills, order_of, sync

SYNC = "/web/dataset/call_kw/pos.order/sync_from_ui"
# A second of the peak: sales, top-ups and refunds are six order syncs; with checks and changed minds, twenty taps.
MIX = {"sale": 5.0, "top_up": 0.7, "refund": 0.3, "change_of_mind": 3.0, "check": 12.0}
PRICES = (2.5, 3.0, 4.5, 5.0, 7.0)
TOP_UP = 20.0


class Played(NamedTuple):
    """``rate`` taps a second, ms of each tap and of each sync from when it was due, ``errors`` answers that were not good."""

    rate: float
    taps: list
    syncs: list
    errors: list


class Festival:
    """A venue of many tills; ``play`` offers its mix at a multiple of the peak, ``prove`` checks the books."""

    def __init__(self, database, tills, cards, balance, chance):
        self.database, self.chance = database, chance
        self.venue = open_tills(database, tills, cards=cards, balance=balance)
        self.cards, self.balance = cards, balance
        self.sold = self.topped_up = self.refunded = self.orders = 0
        self.paid = queue.SimpleQueue()

    def open(self, server):
        """Take a connection for each till."""
        client = server.client(self.venue["login"], self.venue["login"])
        self.clients = [client.clone() for _till in self.venue["tills"]]

    def play(self, seconds, times):
        """Offer the mix for so long, at so many times the peak."""
        tills, start = len(self.clients), monotonic() + 0.5
        acts = sorted(
            (
                start + self.chance.uniform(0, seconds),
                kind,
                self.chance.randrange(self.cards),
                self.chance.choice(PRICES),
            )
            for kind, rate in MIX.items()
            for _number in range(round(rate * times * seconds))
        )
        shifts = [Shift(self, number, acts[number::tills]) for number in range(tills)]
        for shift in shifts:
            shift.start()
        for shift in shifts:
            shift.join()
        taps = [ms for shift in shifts for ms in shift.taps]
        errors = [error for shift in shifts for error in shift.errors]
        for name in ("sold", "topped_up", "refunded", "orders"):
            setattr(self, name, getattr(self, name) + sum(getattr(shift, name) for shift in shifts))
        return Played(
            round(len(taps) / (monotonic() - start), 1), taps, [s for shift in shifts for s in shift.syncs], errors
        )

    def prove(self):
        """The ledger verifies; cards hold what was put on them less what was drunk; each order is stored, and sealed once."""
        sleep(2)
        connection = self.database.connect()
        with connection.cursor() as cr:
            report = ledger.verify(cr)
            assert report.ok, report.breaks
            cr.execute("SELECT sum(amount), sum(held) FROM tibillet_ledger_balance")
            assert cr.fetchone() == (self.cards * self.balance + self.topped_up + self.refunded - self.sold, 0)
            cr.execute(
                """SELECT count(*), count(DISTINCT l10n_fr_secure_sequence_number), min(l10n_fr_secure_sequence_number),
                          max(l10n_fr_secure_sequence_number) FROM pos_order WHERE state = 'paid'"""
            )
            assert cr.fetchone() == (self.orders, self.orders, 1, self.orders)
        connection.close()
        report = self.database.shell(
            f"company = env['res.company'].browse({self.venue['company_id']})\n"
            "result = company.with_company(company)._check_pos_hash_integrity()['corrupted_orders']\n"
        )
        assert report == "None", report


class Shift(threading.Thread):
    """A till: its acts one after the other, each not before it is due."""

    def __init__(self, festival, number, acts):
        super().__init__()
        self.festival, self.acts = festival, acts
        self.venue, self.client = festival.venue, festival.clients[number]
        self.till = self.venue["tills"][number]
        self.taps, self.syncs, self.errors = [], [], []
        self.sold = self.topped_up = self.refunded = self.orders = 0

    def run(self):
        for due, kind, card, price in self.acts:
            sleep(max(due - monotonic(), 0))
            getattr(self, kind)(due, card, price)

    def check(self, due, card, _price):
        self._tap(due, "/tibillet_nfc/card", {"session_id": self.till.session_id, "tap": self._chip(card)}, "card")

    def change_of_mind(self, due, card, price):
        answer = self._authorise(due, str(uuid.uuid4()), str(uuid.uuid4()), card, price)
        if answer.get("status") == "held":
            self._good(
                self._send("/tibillet_nfc/release", {"session_id": self.till.session_id, "hold": answer["hold"]})
            )

    def sale(self, due, card, price):
        order_uuid, payment_uuid = str(uuid.uuid4()), str(uuid.uuid4())
        answer = self._authorise(due, order_uuid, payment_uuid, card, price)
        if answer.get("status") != "held":
            return
        order = card_order(self.venue, self.till, card, order_uuid, payment_uuid, answer["hold"], price)
        if stored := self._sync(order):
            self.sold += round(price * 100)
            self.festival.paid.put((stored, order, card, price))

    def top_up(self, due, card, _price):
        line = {"product_id": self.venue["top_up_id"], "tax_ids": [[6, 0, []]], "full_product_name": "Top-up",
                "tibillet_card": self.venue["numbers"][card], "price_subtotal": TOP_UP}  # fmt: skip
        order = order_of(self.venue, self.till, TOP_UP, {"payment_method_id": self.till.cash_id}, line=line)
        if self._sync(order):
            self.topped_up += round(TOP_UP * 100)

    def refund(self, due, _card, _price):
        """The goods of a former sale, of any till, come back."""
        if self.festival.paid.empty():
            return
        stored, order, card, price = self.festival.paid.get()
        hold = order["payment_ids"][0][2]["tibillet_hold"]
        payment = {"payment_method_id": self.till.nfc_id, "tibillet_hold": hold, "tibillet_card": self.venue["numbers"][card],
                   "payment_status": "done"}  # fmt: skip
        line = {"qty": -1, "price_unit": price, "refunded_orderline_id": stored["pos.order.line"][0]["id"]}
        if self._sync(order_of(self.venue, self.till, -price, payment, line=line)):
            self.refunded += round(price * 100)

    def _authorise(self, due, order_uuid, payment_uuid, card, price):
        request = {"session_id": self.till.session_id, "payment_uuid": payment_uuid, "order_uuid": order_uuid,
                   "amount": round(price * 100), "tap": self._chip(card)}  # fmt: skip
        return self._tap(due, "/tibillet_nfc/authorise", request, "held")

    def _tap(self, due, route, request, good):
        answer = self._send(route, request)
        self.taps.append((monotonic() - due) * 1000)
        return self._good(answer, good)

    def _sync(self, order):
        start = monotonic()
        answer = self._good(self._send(SYNC, sync(order)), "pos.order")
        self.syncs.append((monotonic() - start) * 1000)
        self.orders += bool(answer)
        return answer

    def _send(self, route, request):
        return self.client.send(route, request)

    def _good(self, answer, good=""):
        result = answer.get("result")
        if not isinstance(result, dict) or good not in str(result) or result.get("status") == "refused":
            self.errors.append(answer)
            return {}
        return result

    def _chip(self, card):
        return {"uid": self.venue["uids"][card], "source": "box"}
