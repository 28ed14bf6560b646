"""Tickets at the door by its own requests, two workers: beside pretix, and beside an empty route of the same server."""

import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from threading import local
from time import perf_counter

import requests

from ..rig.pretix import Pretix

TICKETS, ALONE, CLIENTS, WARM = 600, 200, 4, 20

EVENING = """
from datetime import timedelta
from odoo import fields

company = env["res.company"].search([], limit=1)
env["tibillet.place"].create({"name": "Bar", "slug": "bar-bench", "company_id": company.id})
now = fields.Datetime.now()
concert = env["event.event"].create({
    "name": "Concert", "date_begin": now + timedelta(hours=1), "date_end": now + timedelta(hours=5), "date_tz": "UTC",
    "company_id": company.id, "event_mail_ids": [(5,)], "event_ticket_ids": [(0, 0, {"name": "Full"})],
})
price = concert.event_ticket_ids
guests = env["event.registration"].create([
    {"event_id": concert.id, "event_ticket_id": price.id, "name": f"Guest {number:03d}"} for number in range(%(tickets)s)
])
door = env["tibillet.door"].create({"name": "North", "event_id": concert.id})
code = env["tibillet.door.pair"].browse(door.action_pair()["res_id"]).url.partition("#")[2]
result = {"code": code, "tokens": guests.mapped("tibillet_token")}
env.cr.commit()
"""


class Door:
    """A paired phone's requests, from any thread."""

    def __init__(self, url, code):
        self.url, self._own = url, local()
        self.secret = self.ask("/door/pair", code=code)["secret"]

    def ask(self, route, **parameters):
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
            self._own.session.trust_env = False
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        answer = self._own.session.post(self.url + route, json=body, timeout=60).json()
        assert "error" not in answer, answer
        return answer["result"]

    def scan(self, token):
        told = self.ask("/door/scan", secret=self.secret, shown=token, key=str(uuid.uuid4()))
        assert told["answer"] == "in", told

    def nothing(self, _token=None):
        self.ask("/web/webclient/version_info")


def run(bench):
    total = WARM + ALONE + TICKETS
    database = bench.database()
    seeded = database.shell(EVENING % {"tickets": total})
    with tempfile.TemporaryDirectory() as folder:
        address = bench.template.address
        pretix = Pretix(address, f"{bench.template.prefix}_pretix", folder, tickets=WARM + TICKETS).start()
        try:
            front = bench.workers(database, 2)
            door = Door(front.url, seeded["code"])
            tokens, secrets = iter(seeded["tokens"]), iter(pretix.tickets)
            for _warm in range(WARM):
                door.scan(next(tokens))
                door.nothing()
                pretix.redeem(next(secrets))
            empty, mine = [], []
            for _one in range(ALONE):
                empty.append(timed(door.nothing, None))
                mine.append(timed(door.scan, next(tokens)))
            yield bench.row(
                "checkin_online", p95(mine), "ms", against=p95(empty), yardstick="an empty JSON-RPC route", clients=1
            )
            ours = rate(door.scan, list(tokens))
            theirs = rate(pretix.redeem, list(secrets))
        finally:
            pretix.stop()
    yield bench.row("checkin_online", ours, "1/s", against=theirs, yardstick="pretix", clients=CLIENTS, workers=2)


def timed(act, what):
    start = perf_counter()
    act(what)
    return (perf_counter() - start) * 1000


def rate(act, tickets):
    """Tickets a second, by several clients."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        start = perf_counter()
        list(pool.map(act, tickets))
        return round(len(tickets) / (perf_counter() - start), 1)


def p95(times):
    return round(quantiles(times, n=20)[-1], 1)
