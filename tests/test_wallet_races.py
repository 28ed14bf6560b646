"""Many at once at the wallet's door: links are counted one by one, and one opens once."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .server import Server

ANNA = "anna@people.example"
PER_ADDRESS = 3
CROWD = 8
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """Somebody with a browser of their own; `ready` with a page's form before the crowd starts."""

    def __init__(self, server: Server, form: str):
        self.url = server.url
        self.session = requests.Session()
        self.session.trust_env = False
        self.token = FORM_TOKEN.search(self.session.get(self.url + form, timeout=120).text)[1]

    def post(self, path, start, **fields):
        start.wait()
        body = {**fields, "csrf_token": self.token}
        return self.session.post(self.url + path, data=body, timeout=120, allow_redirects=False)


def at_once(visitors, path, **fields):
    """What each is answered, all having pressed the button together."""
    start = threading.Barrier(len(visitors))
    with ThreadPoolExecutor(len(visitors)) as crowd:
        return list(crowd.map(lambda visitor: visitor.post(path, start, **fields), visitors))


def rows(database, query):
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.fixture
def server(make_server):
    return make_server()


def test_a_crowd_that_asks_gets_three_links(server):
    visitors = [Visitor(server, "/wallet") for _one in range(CROWD)]
    answers = at_once(visitors, "/wallet/link", email=ANNA)
    assert {answer.status_code for answer in answers} == {200}
    assert len({FORM_TOKEN.sub("", answer.text).count("fa-envelope-o") for answer in answers}) == 1
    assert rows(server.database, "SELECT count(*) FROM tibillet_login_link") == [(PER_ADDRESS,)]


def test_a_link_opens_once(server):
    at_once([Visitor(server, "/wallet")], "/wallet/link", email=ANNA)
    [(body,)] = rows(server.database, "SELECT body_html FROM mail_mail ORDER BY id DESC LIMIT 1")
    door = re.search(r"/wallet/in/[\w-]{43}", body)[0]
    visitors = [Visitor(server, door) for _one in range(CROWD)]
    answers = at_once(visitors, "/wallet/in/open")
    inside = [answer for answer in answers if answer.headers.get("Location", "").endswith("/my/wallet")]
    assert len(inside) == 1, [(answer.status_code, answer.headers.get("Location")) for answer in answers]
    assert rows(server.database, f"SELECT count(*) FROM res_users WHERE login = '{ANNA}'") == [(1,)]
