"""The parts without a reader: frames, masks, names, queues."""

import asyncio

import pytest

from tibillet_iot import frames
from tibillet_iot.events import Arrived, Left, Readers
from tibillet_iot.guards import host_name
from tibillet_iot.hub import REMEMBERED_TAPS, Hub, Mailbox
from tibillet_iot.iot_drivers import identifier
from tibillet_iot.masks import masked


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "3", "null", "{}", '{"type": 3}', '{"type": null}'])
def test_what_is_no_frame(text):
    with pytest.raises(frames.BadFrame):
        frames.parse(text)


def test_what_is_a_frame():
    assert frames.parse('{"type": "ping", "more": 1}') == {"type": "ping", "more": 1}


@pytest.mark.parametrize(
    ("uid", "shown"),
    [("04A1B2C3D4E5F6", "…F6"), ("A1B2C3D4", "…D4"), ("A1B2C3", "…"), ("F6", "…"), ("", "…")],
)
def test_a_mask_shows_the_last_byte_at_most(uid, shown):
    assert masked(uid) == shown


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8070", "127.0.0.1"),
        ("localhost", "localhost"),
        ("LOCALHOST:1", "localhost"),
        ("[::1]:8070", "::1"),
        ("evil.example@127.0.0.1", ""),
        ("127.0.0.1.evil.example:8070", "127.0.0.1.evil.example"),
        ("127.0.0.1/evil.example", ""),
        ("[nonsense", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(host, name):
    assert host_name(host) == name


def test_a_readers_identifier_is_that_of_odoos_box():
    assert identifier("ACS ACR122U PICC Interface 00 00") == "pcsc_ACS_ACR122U_PICC_Interface_00_00"


def test_a_full_mailbox_drops_the_oldest_frame():
    async def scenario():
        mailbox = Mailbox(3)
        for seq in range(5):
            mailbox.put({"seq": seq})
        assert [(await mailbox.get())["seq"] for _frame in range(3)] == [2, 3, 4]
        assert mailbox.dropped == 2

    asyncio.run(scenario())


def test_a_hub_forgets_old_taps_and_closed_listeners():
    hub = Hub()
    heard = []
    with hub.listening(heard.append):
        for index in range(REMEMBERED_TAPS + 1):
            hub.publish(Arrived("bar", f"{index:08X}", ""))
            hub.publish(Left("bar"))
    hub.publish(Arrived("bar", "A1B2C3D4", ""))
    taps = [frame for frame in heard if frame["type"] == "tap"]
    assert len(taps) == REMEMBERED_TAPS + 1
    assert hub.known_tap(taps[0]["id"]) is None
    assert hub.known_tap(taps[-1]["id"]).uid == taps[-1]["uid"]
    assert [frame["seq"] for frame in heard] == list(range(1, len(heard) + 1))


def test_a_hub_knows_which_reader_holds_a_card():
    hub = Hub()
    hub.publish(Readers({"bar": False, "door": True}))
    hub.publish(Arrived("bar", "A1B2C3D4", ""))
    hub.publish(Left("door"))
    assert hub.cards == {"bar": True, "door": False}
    hub.publish(Readers({}))
    assert hub.cards == {}
