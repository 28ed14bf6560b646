"""Odoo's `iot_longpolling` service on our box: what Odoo's own box loses or replays, ours does not."""

import asyncio
import contextlib
import itertools

import aiohttp
import pytest

ORIGIN = "http://127.0.0.1:8069"
CARD = "04A1B2C3D4E5F6"
DEVICE = "pcsc_Virtual_NFC_00_00"
OTHER_DEVICE = "pcsc_Virtual_NFC_00_01"
WAIT = 0.15  # a poll stands at the box by then


class Page:
    """The behaviour of iot_base's longpolling.js: poll again with the time of the last event."""

    def __init__(self, box, session, session_id, devices):
        self._url = box.url
        self._session = session
        self._id = session_id
        self._devices = {device: {"device_identifier": device} for device in devices}
        self.last_event = 0

    async def poll(self):
        listener = {"session_id": self._id, "devices": self._devices, "last_event": self.last_event}
        event = await self.call("event", listener=listener)
        if event:
            assert event["session_id"] == self._id
            self.last_event = event["time"]
        return event

    async def act(self, device=DEVICE, **data):
        return await self.call("action", session_id=self._id, device_identifier=device, data=data)

    async def call(self, name, **params):
        async with self._session.post(f"{self._url}/iot_drivers/{name}", json={"params": params}) as response:
            return (await response.json())["result"]


@contextlib.asynccontextmanager
async def page(box, session_id, devices=(DEVICE,)):
    """A page of an allowed origin."""
    async with aiohttp.ClientSession(headers={"Origin": ORIGIN}) as session:
        yield Page(box, session, session_id, devices)


def test_two_pages_each_hear_every_tap_once(box, reader):
    """With Odoo's box the first page hears 0 of 5 and the second hears them several times."""

    async def listen(client, wanted):
        taps = []
        while len(taps) < wanted:
            event = await client.poll()
            if event["status"] == "inserted":
                taps.append(event["value"])
        return taps

    async def scenario():
        uids = [f"04A1B2C3D4E5F{index}" for index in range(5)]
        async with page(box, "bar") as bar, page(box, "door") as door:
            listening = [asyncio.create_task(listen(client, 5)) for client in (bar, door)]
            await asyncio.sleep(WAIT)
            for uid in uids:
                await asyncio.to_thread(reader.tap, uid, 0.05)
                await asyncio.sleep(0.05)
            async with asyncio.timeout(5):
                assert await asyncio.gather(*listening) == [uids, uids]

    asyncio.run(scenario())


def test_a_new_page_hears_no_old_tap(box, reader):
    async def scenario():
        async with page(box, "early") as early, page(box, "late") as late:
            poll = asyncio.create_task(early.poll())
            await asyncio.sleep(WAIT)
            reader.tap(CARD, seconds=0.1)
            assert (await poll)["value"] == CARD
            await asyncio.sleep(WAIT)
            poll = asyncio.create_task(late.poll())
            await asyncio.sleep(WAIT)
            reader.insert("04A1B2C3D4E5F7")
            assert (await poll)["value"] == "04A1B2C3D4E5F7"

    asyncio.run(scenario())


def test_an_event_carries_what_the_longpolling_service_reads(box, reader):
    async def scenario():
        async with page(box, "bar") as bar:
            poll = asyncio.create_task(bar.poll())
            await asyncio.sleep(WAIT)
            reader.insert(CARD)
            event = await poll
            assert event["device_identifier"] == DEVICE
            assert (event["value"], event["result"], event["status"]) == (CARD, CARD, "inserted")
            assert {"id", "seq", "at", "time"} <= event.keys()
            reader.remove()
            event = await bar.poll()
            assert (event["value"], event["status"]) == ("", "removed")

    asyncio.run(scenario())


def test_a_page_hears_only_its_devices(box, reader, other_reader):
    async def scenario():
        async with page(box, "bar", [OTHER_DEVICE]) as bar:
            poll = asyncio.create_task(bar.poll())
            await asyncio.sleep(WAIT)
            reader.insert("04A1B2C3D4E5F7")
            await asyncio.sleep(WAIT)
            other_reader.insert(CARD)
            event = await poll
            assert (event["device_identifier"], event["value"]) == (OTHER_DEVICE, CARD)

    asyncio.run(scenario())


def test_a_second_poll_takes_over_and_an_aborted_one_takes_nothing(box, reader):
    async def scenario():
        async with page(box, "bar") as bar:
            first = asyncio.create_task(bar.poll())
            await asyncio.sleep(WAIT)
            second = asyncio.create_task(bar.poll())
            assert await first is None
            second.cancel()
            await asyncio.sleep(WAIT)
            reader.insert(CARD)
            await asyncio.sleep(WAIT)
            assert (await bar.poll())["value"] == CARD

    asyncio.run(scenario())


def test_the_result_of_an_action_comes_to_its_page_only(box, reader):
    reader.insert(CARD)

    async def scenario():
        async with page(box, "bar") as bar, page(box, "door") as door:
            await asyncio.sleep(WAIT)
            deaf = asyncio.create_task(door.poll())
            assert await bar.act(action="read", action_unique_id="1") is True
            event = await bar.poll()
            tap = event["result"]
            assert (event["status"], event["owner"], tap["uid"]) == ("success", "bar", CARD)
            assert await bar.act(action="confirm", id=tap["id"]) is True
            assert (await bar.poll())["result"] == {"type": "confirmed", "id": tap["id"], "uid": CARD}
            assert not deaf.done()
            deaf.cancel()

    asyncio.run(scenario())


def test_an_action_sent_twice_is_done_once(box, reader):
    reader.insert(CARD)

    async def scenario():
        async with page(box, "bar") as bar:
            await asyncio.sleep(WAIT)
            for unique_id in ("1", "1", "2"):
                assert await bar.act(action="read", action_unique_id=unique_id) is True
            seqs = [(await bar.poll())["result"]["seq"] for _action in range(2)]
            assert seqs[1] == seqs[0] + 1
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(bar.poll(), WAIT)

    asyncio.run(scenario())


def test_what_no_reader_can_do_is_said(box):
    async def scenario():
        async with page(box, "bar") as bar:
            assert await bar.act(device="pcsc_nothing", action="read") is False
            assert await bar.act(action="fly") is True
            assert (await bar.poll())["status"] == "error"

    asyncio.run(scenario())


BAD = [
    {},
    {"listener": None},
    {"listener": {"devices": {}}},
    {"listener": {"session_id": "a"}},
    {"listener": {"session_id": "a", "devices": [[]]}},
    {"listener": {"session_id": 1, "devices": {}}},
    {"listener": {"session_id": "a", "devices": {}, "last_event": "never"}},
    {"session_id": "a", "device_identifier": DEVICE, "data": "read"},
]


@pytest.mark.parametrize(("route", "params"), list(itertools.product(["event", "action"], BAD)))
def test_a_call_without_sense_is_a_bad_request(box, route, params):
    async def scenario():
        async with aiohttp.ClientSession(headers={"Origin": ORIGIN}) as session:
            async with session.post(f"{box.url}/iot_drivers/{route}", json={"params": params}) as response:
                assert response.status == 400

    asyncio.run(scenario())


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b'{"params": 3}', b"\xff"])
def test_a_body_without_sense_is_a_bad_request(box, body):
    async def scenario():
        async with aiohttp.ClientSession(headers={"Origin": ORIGIN}) as session:
            async with session.post(f"{box.url}/iot_drivers/event", data=body) as response:
                assert response.status == 400

    asyncio.run(scenario())
