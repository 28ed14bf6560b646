"""Tills share a box: none holds up, floods or silences another, and the box ends cleanly."""

import asyncio
import json
import re
import socket
import struct

import aiohttp
from till import till

CARD = "04A1B2C3D4E5F6"
NONSENSE = [
    '{"type": "read", "reader": []}',
    "nonsense",
    "[]",
    "{}",
    '{"type": "fly"}',
    '{"type": "confirm"}',
    '{"type": "confirm", "id": 1}',
]


class DeafTill:
    """A paired till that talks and never reads. Raw, since a client library would read for it."""

    def __init__(self, box):
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.connect(("127.0.0.1", box.port))
        upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        self._socket.sendall(f"GET /taps HTTP/1.1\r\nHost: 127.0.0.1\r\n{upgrade}{key}\r\n".encode())
        self.say(type="hello", token=box.token)

    def say(self, **frame):
        body = json.dumps(frame).encode()
        mask = bytes(4)  # a mask of zeros leaves the body as it is
        self._socket.sendall(b"\x81\xfe" + struct.pack(">H", len(body)) + mask + body)

    def close(self):
        self._socket.close()


def test_a_till_that_stops_reading_holds_up_nobody(box, reader):
    """It is flooded with answers until TCP is full; then its queue drops the oldest frames, and the box goes on."""
    deaf = DeafTill(box)
    for _frame in range(3000):  # 12 MB of answers; the kernel holds 4 MB for a sender
        deaf.say(type="confirm", id="x" * 3900)

    async def scenario():
        async with till(box) as client:
            for _tap in range(3):
                reader.insert(CARD)
                await client.hear("tap", seconds=3)
                reader.remove()
                await client.hear("gone", seconds=3)

    asyncio.run(scenario())
    deaf.close()
    assert box.stop() == 0
    assert re.search("a till was too slow: [0-9]+ frames were dropped", box.log())


def test_what_is_not_a_frame_is_answered_and_harmless(box, reader):
    async def scenario():
        async with till(box) as client:
            for text in NONSENSE:
                await client.say_text(text)
                assert (await client.hear("error"))["message"]
            assert await client.ask("tap", "none", type="read", reader="none such") == {"type": "none"}
            assert await client.ask("pong", type="ping") == {"type": "pong"}
            reader.insert(CARD)
            await client.hear("tap")

    asyncio.run(scenario())


def test_no_log_shows_a_uid(box, reader):
    async def scenario():
        async with till(box) as client, aiohttp.ClientSession() as session:
            reader.insert(CARD)
            tap = await client.hear("tap")
            await client.ask("confirmed", type="confirm", id=tap["id"])
            await client.ask("tap", type="read")
            await client.ask("error", type=CARD)
            headers = {"Origin": "http://127.0.0.1:8069"}
            async with session.post(f"{box.url}/{CARD}", json={"params": {"uid": CARD}}, headers=headers) as response:
                assert response.status == 404

    asyncio.run(scenario())
    assert box.stop() == 0
    assert "card …F6" in box.log()
    assert CARD[:-2] not in box.log().upper()


def test_a_box_that_ends_tells_its_tills(box):
    async def scenario():
        origin = {"Origin": "http://127.0.0.1:8069"}
        async with till(box) as client, aiohttp.ClientSession(headers=origin) as session:
            polls = [
                asyncio.create_task(session.post(box.url + "/hw_proxy/scanner", json={"params": {}})),
                asyncio.create_task(
                    session.post(
                        box.url + "/iot_drivers/event",
                        json={"params": {"listener": {"session_id": "a", "devices": {}, "last_event": 0}}},
                    )
                ),
            ]
            await asyncio.sleep(0.2)
            assert await asyncio.to_thread(box.stop) == 0
            assert await client.close_code() == 1001
            assert [(await poll).status for poll in polls] == [200, 200]

    asyncio.run(scenario())
    assert "Traceback" not in box.log()
