"""Tills share a box: none holds up, floods or silences another, and the box ends cleanly."""

import asyncio

import aiohttp
from till import till

CARD = "04A1B2C3D4E5F6"


def test_a_till_that_stops_reading_holds_up_nobody(box, reader):
    """It is flooded with answers until TCP is full; then its queue drops the oldest frames, and the box goes on."""

    async def scenario():
        async with aiohttp.ClientSession() as session, session.ws_connect(box.ws_url, heartbeat=None) as slow:
            await slow.send_json({"type": "hello", "token": box.token})
            for _frame in range(4000):
                await slow.send_json({"type": "confirm", "id": "x" * 3900})
            async with till(box) as client:
                for _tap in range(3):
                    reader.insert(CARD)
                    await client.hear("tap", seconds=3)
                    reader.remove()
                    await client.hear("gone", seconds=3)
            heard = []
            while not heard or heard[-1]["type"] != "gone" or len([f for f in heard if f["type"] == "gone"]) < 3:
                heard.append(await slow.receive_json(timeout=5))
        assert len(heard) < 4000
        # What survives is the newest: the taps came last, so all are there.
        assert [frame["uid"] for frame in heard if frame["type"] == "tap"] == [CARD] * 3

    asyncio.run(scenario())
    assert "a till was too slow" in box.log()


def test_what_is_not_a_frame_is_answered_and_harmless(box, reader):
    async def scenario():
        async with till(box) as client:
            for text in ("nonsense", "[]", "{}", '{"type": "fly"}', '{"type": "confirm"}', '{"type": "confirm", "id": 1}'):
                await client._socket.send_str(text)
                assert (await client.hear("error"))["message"]
            assert await client.ask("tap", "none", type="read", reader=7) == {"type": "none"}
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
            assert (await client._socket.receive()).data == 1001
            assert [(await poll).status for poll in polls] == [200, 200]

    asyncio.run(scenario())
    assert "Traceback" not in box.log()
