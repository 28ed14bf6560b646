"""pretix as it comes from PyPI, the yardstick of ticketing: its own environment and database, two workers of gunicorn."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import requests

from launcher import paths
from launcher.files import alone
from launcher.odoo import end, free_port, wait_for_answer

VERSION = "2026.8.0"
PACKAGES = (f"pretix=={VERSION}", "gunicorn")
SEED = """
import json
from datetime import timedelta
from decimal import Decimal
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import CheckinList, Event, Item, Order, OrderPosition, Organizer, Quota, Team
with scopes_disabled():
    organizer = Organizer.objects.create(name="Bench", slug="bench")
    channel = organizer.sales_channels.get(identifier="web")
    event = Event.objects.create(
        organizer=organizer, name="Concert", slug="concert", currency="EUR", live=True,
        date_from=now() + timedelta(hours=1), date_to=now() + timedelta(hours=5),
    )
    item = Item.objects.create(event=event, name="Full", default_price=Decimal("10"), admission=True)
    quota = Quota.objects.create(event=event, name="All", size=1000000)
    quota.items.add(item)
    team = Team.objects.create(
        organizer=organizer, name="api", all_events=True, all_event_permissions=True, all_organizer_permissions=True
    )
    door = CheckinList.objects.create(event=event, name="Door", all_products=True)
    order = Order.objects.create(
        event=event, email="ann@people.example", locale="en", status=Order.STATUS_PAID, datetime=now(),
        expires=now() + timedelta(days=10), total=Decimal("10") * {tickets}, sales_channel=channel,
    )
    tickets = [
        OrderPosition.objects.create(order=order, item=item, price=Decimal("10"), positionid=number + 1)
        for number in range({tickets})
    ]
    print("SEEDED" + json.dumps({{
        "token": team.tokens.create(name="api").token, "item": item.pk, "list": door.pk,
        "tickets": [ticket.secret for ticket in tickets],
    }}))
"""


class Pretix:
    """`order()` buys a ticket of an event with a quota, `redeem(ticket)` lets one of `tickets` in; by its API, any thread.

    :param address: the PostgreSQL server (launcher.postgres.Address)
    :param str database: the name of its database, which is replaced
    """

    def __init__(self, address, database, folder, tickets=0, workers=2):
        self.address, self.database, self.folder = address, database, Path(folder)
        self.port, self.workers = free_port(), workers
        self.url = f"http://127.0.0.1:{self.port}"
        self.count = tickets
        self._own = threading.local()

    def start(self):
        python = _python()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sql(f"DROP DATABASE IF EXISTS {self.database}")
        self._sql(f"CREATE DATABASE {self.database}")
        self._run(python, "-m", "pretix", "migrate")
        said = self._run(python, "-m", "pretix", "shell", "-c", SEED.format(tickets=self.count))
        seeded = json.loads(said.partition("SEEDED")[2].splitlines()[0])
        self.token, self.item, self.list, self.tickets = (seeded[key] for key in ("token", "item", "list", "tickets"))
        self.log = paths.log("pretix")
        command = [
            python,
            "-m",
            "gunicorn",
            "pretix.wsgi",
            f"--workers={self.workers}",
            f"--bind=127.0.0.1:{self.port}",
        ]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command, env=self._environment(), stdout=output, stderr=output, start_new_session=True
            )
        wait_for_answer(self.url, self.process, self.log)
        return self

    def stop(self):
        end(self.process)
        self._sql(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def order(self):
        """An order of one ticket, paid elsewhere."""
        position = {"item": self.item, "variation": None, "price": "10.00", "answers": []}
        body = {
            "email": "ann@people.example", "locale": "en", "sales_channel": "web", "payment_provider": "manual",
            "status": "p", "positions": [position],
        }  # fmt: skip
        answer = self._session().post(
            f"{self.url}/api/v1/organizers/bench/events/concert/orders/", json=body, timeout=60
        )
        assert answer.status_code == 201, answer.text

    def redeem(self, ticket):
        body = {"secret": ticket, "lists": [self.list], "source_type": "barcode"}
        answer = self._session().post(f"{self.url}/api/v1/organizers/bench/checkinrpc/redeem/", json=body, timeout=60)
        assert answer.status_code == 201, answer.text

    def _session(self):
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
            self._own.session.trust_env = False
            self._own.session.headers["Authorization"] = f"Token {self.token}"
        return self._own.session

    def _environment(self):
        database = {"BACKEND": "postgresql", "NAME": self.database}
        server = self.address.environment()
        database |= {key: server[f"PG{key}"] for key in ("HOST", "PORT", "USER", "PASSWORD") if server.get(f"PG{key}")}
        mine = {f"PRETIX_DATABASE_{key}": value for key, value in database.items()}
        mine |= {
            "PRETIX_PRETIX_DATADIR": str(self.folder),
            "PRETIX_PRETIX_URL": self.url,
            "PRETIX_MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
        return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | mine

    def _run(self, *command):
        ended = subprocess.run(
            list(map(str, command)), env=self._environment(), capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr[-2000:]
        return ended.stdout

    def _sql(self, query):
        connection = self.address.connect()
        with connection.cursor() as cr:
            cr.execute(query)
        connection.close()


def _python():
    """The interpreter of pretix's own environment, made once in the cache."""
    folder = paths.cache() / f"pretix-{VERSION}"
    with alone(folder.with_name(f"{folder.name}.lock")):
        if not (folder / "whole").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *PACKAGES], check=True, stdout=sys.stderr)
            (folder / "whole").touch()
    return folder / "bin" / "python"
