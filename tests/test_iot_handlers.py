"""Our handler files in Odoo's own IoT Box code, on a real pcscd: the reader is a device, a tap its event."""

import json
import threading
import time
import urllib.request

import pytest

from tests.rig.odoo_box import OdooBox

CARD = "04A1B2C3D4E5F6"
WAIT = 0.5  # a poll stands at the box by then


@pytest.fixture(scope="module")
def odoo_box(pcscd):
    daemon = OdooBox(pcscd.env)
    yield daemon.start()
    daemon.close()


def call(odoo_box, route, **params):
    """The result of one JSON-RPC call."""
    request = urllib.request.Request(
        f"{odoo_box.url}/iot_drivers/{route}",
        json.dumps({"params": params}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)["result"]


class Page:
    """One page that listens to one reader."""

    def __init__(self, odoo_box, reader):
        self.box = odoo_box
        self.device = "pcsc_" + reader.name.replace(" ", "_")
        self.session_id = f"page-{time.monotonic_ns()}"
        self.last_event = time.time()

    def poll(self):
        """The next event of the reader."""
        listener = {"session_id": self.session_id, "devices": {self.device: {}}, "last_event": self.last_event}
        event = call(self.box, "event", listener=listener)
        self.last_event = event["time"]
        return event

    def act(self, **data):
        """The result of an action of the reader."""
        assert call(self.box, "action", session_id=self.session_id, device_identifier=self.device, data=data) is True
        return self.poll()["result"]


@pytest.fixture
def page(odoo_box, reader):
    client = Page(odoo_box, reader)
    deadline = time.monotonic() + 10
    while not call(odoo_box, "action", session_id="wait", device_identifier=client.device, data={"action": "read"}):
        assert time.monotonic() < deadline, odoo_box.log()
        time.sleep(0.1)
    time.sleep(WAIT)
    client.last_event = time.time()
    return client


def tapped(page, reader, uid=CARD):
    """Put a card on the reader while the page polls; returns the event."""
    events = []
    poll = threading.Thread(target=lambda: events.append(page.poll()))
    poll.start()
    time.sleep(WAIT)
    reader.insert(uid)
    poll.join(10)
    return events[0]


@pytest.mark.parametrize("uid", ["A1B2C3D4", CARD, "04A1B2C3D4E5F6A7B8C9"])
def test_a_tap_is_an_event(page, reader, uid):
    event = tapped(page, reader, uid)
    assert (event["value"], event["status"], event["device_identifier"]) == (uid, "inserted", page.device)
    reader.remove()
    assert page.poll()["status"] == "removed"


def test_confirm_reads_the_card_again(page, reader):
    tap = tapped(page, reader)
    assert page.act(action="confirm", id=tap["id"]) == {"type": "confirmed", "id": tap["id"], "uid": CARD}
    reader.remove()
    assert page.poll()["status"] == "removed"
    assert page.act(action="confirm", id=tap["id"]) == {"type": "lost", "id": tap["id"], "reason": "removed"}
    assert page.act(action="confirm", id="nonsense")["reason"] == "unknown_tap"


def test_another_card_is_not_confirmed(page, reader):
    tap = tapped(page, reader)
    reader.remove()
    assert page.poll()["status"] == "removed"
    assert tapped(page, reader, "04A1B2C3D4E5F7")["value"] == "04A1B2C3D4E5F7"
    assert page.act(action="confirm", id=tap["id"])["reason"] == "swapped"


def test_read_gives_the_card_that_lies_there(page, reader):
    assert page.act(action="read") == {"type": "none"}
    tapped(page, reader)
    assert page.act(action="read")["uid"] == CARD


def test_a_box_without_pyscard_says_what_to_install(pcscd, tmp_path):
    (tmp_path / "smartcard.py").write_text("raise ImportError('no PC/SC here')\n")
    daemon = OdooBox(pcscd.env, python_path=[tmp_path])
    try:
        daemon.start()
        assert "apt install pcscd libccid python3-pyscard" in daemon.log()
        assert "Traceback" not in daemon.log()
    finally:
        daemon.close()
