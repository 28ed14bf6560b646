"""A database and an Odoo server as a test sees them."""

import copy
import json
import signal
from contextlib import closing
from dataclasses import dataclass

import requests

from launcher import checklog, paths
from launcher.allowed import ALLOWED
from launcher.odoo import Odoo, end, free_port, wait_for_answer
from launcher.steps import Stop


class Refused(Exception):
    """The server answered a call with an error; `name` is the exception's, e.g. odoo.exceptions.AccessError."""

    def __init__(self, error):
        data = error.get("data", {})
        self.name = data.get("name")
        self.message = data.get("message") or error.get("message")
        super().__init__(f"{self.name}: {self.message}")


@dataclass(frozen=True)
class Database:
    """A clone of the template.

    :param odoo: Odoo on the tests' server, with this database's keyring (`odoo.keyring`).
    """

    odoo: Odoo
    name: str

    @property
    def dsn(self) -> str:
        """What psycopg2.connect takes; host and user come from the environment."""
        self.touch()
        return f"dbname={self.name}"

    def connect(self):
        """Open a psycopg2 connection in autocommit mode."""
        self.touch()
        return self.odoo.databases.address.connect(self.name)

    def touch(self) -> None:
        """It is about to be changed by something else than a script."""

    def rows(self, query: str, *values) -> list[tuple]:
        """What a query answers, in a connection of its own."""
        with closing(self.connect()) as connection, connection.cursor() as cr:
            cr.execute(query, values or None)
            return cr.fetchall()

    def shell(self, code: str):
        """Run code in `odoo shell` (`env` is there) and return what it assigned to `result`, through JSON.

        The code commits by itself: `env.cr.commit()`.

        :raise AssertionError: when the code raises; the message is the end of its output.
        """
        log = paths.log(f"shell-{self.name}")
        answer = self.odoo.databases.files / f"{self.name}.json"
        answer.unlink(missing_ok=True)
        body = f"import json\nresult = None\n{code}\nopen({str(answer)!r}, 'w').write(json.dumps(result))\n"
        try:
            self.odoo.script(self.name, body, log)
            return json.loads(answer.read_text())
        except (Stop, OSError) as error:
            raise AssertionError(f"{error}\n{log.read_text()}") from None
        finally:
            answer.unlink(missing_ok=True)


class Client:
    """A logged-in person's calls over HTTP, on one connection.

    :param url: the server's address.
    """

    def __init__(self, url: str, database: str, login: str, password: str):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        who = {"db": database, "login": login, "password": password}
        self.uid = self.post("/web/session/authenticate", who)["uid"]

    def clone(self) -> "Client":
        """Return the same person on a connection of its own."""
        other = copy.copy(self)
        other.session = requests.Session()
        other.session.trust_env = False
        other.session.cookies.update(self.session.cookies)
        return other

    def send(self, route: str, parameters: dict) -> dict:
        """Call a JSON-RPC route and return its whole answer: `result` or `error`."""
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": parameters}
        return self.session.post(self.url + route, json=body, timeout=120).json()

    def post(self, route: str, parameters: dict):
        """Call a JSON-RPC route and return its result.

        :raise Refused: when the server answers with an error.
        """
        answer = self.send(route, parameters)
        if "error" in answer:
            raise Refused(answer["error"])
        return answer.get("result")

    def call(self, model: str, method: str, *arguments, **keywords):
        """Call a public method of a model, as a page does."""
        parameters = {"model": model, "method": method, "args": arguments, "kwargs": keywords}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", parameters)


class Server:
    """An Odoo server process of its own, threaded, on a free port of 127.0.0.1.

    `url`, `database`, `log` (its path), `process`; `kill()` is kill -9, `start()` starts it again on the same port.
    """

    def __init__(self, database: Database, *arguments: str):
        self.database = database
        self.arguments = arguments
        self.program = ("-m", "odoo")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = paths.log(f"server-{database.name}-{self.port}")
        self.process = None
        self._expected = []

    def start(self) -> "Server":
        """Start it and return once it answers."""
        self.database.touch()
        odoo = self.database.odoo
        command = odoo.command(
            "--database",
            self.database.name,
            "--db-filter",
            f"^{self.database.name}$",
            "--http-port",
            str(self.port),
            "--max-cron-threads=0",
            *self.arguments,
        )
        command[1:3] = self.program
        self.process = odoo.spawn(command, self.log)
        wait_for_answer(self.url, self.process, self.log)
        return self

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> list[str]:
        """End it and return the lines of its log that must not be there."""
        if self.process:
            end(self.process)
        return checklog.unexpected(self.log, [*ALLOWED, *self._expected])

    def expect(self, pattern: str) -> None:
        """Announce warnings that this test provokes; the pattern is searched in "logger: message"."""
        self._expected.append((pattern, "announced by the test"))

    def client(self, login: str = "admin", password: str = "admin") -> Client:
        """Log a person in."""
        return Client(self.url, self.database.name, login, password)
