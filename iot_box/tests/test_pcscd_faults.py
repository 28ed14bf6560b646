"""pcscd stops, comes back with other readers, or is not there at all: the box goes on."""

import asyncio
import os

import pytest
from till import till

from tests.rig.pcscd import Pcscd

CARD = "04A1B2C3D4E5F6"


@pytest.fixture
def own_pcscd(pcscd):
    """A pcscd that the test may stop, with the readers of a bar."""
    with pcscd.set_aside():
        service = Pcscd(["Bar"], private=pcscd.private)
        yield service
        service.close()


def names(frame):
    return [each["name"] for each in frame["readers"]]


async def readers_until(client, wanted):
    """Hear `readers` frames until they are the wanted ones."""
    async with asyncio.timeout(10):
        while names(await client.hear("readers", seconds=10)) != wanted:
            pass


def test_pcscd_restarts_with_the_same_readers(own_pcscd, make_box):
    box = make_box(env=own_pcscd.start().env)

    async def scenario():
        async with till(box) as client:
            await asyncio.to_thread(own_pcscd.restart)
            await readers_until(client, [])
            await readers_until(client, ["Bar 00 00", "Bar 00 01"])
            own_pcscd.readers[0].insert(CARD)
            assert (await client.hear("tap"))["uid"] == CARD

    asyncio.run(scenario())


def test_pcscd_restarts_again_and_again(own_pcscd, make_box):
    """It may end in the middle of any call: every tenth restart or so once killed the watching thread."""
    box = make_box(env=own_pcscd.start().env)

    async def scenario():
        async with till(box) as client:
            for restart in range(20):
                await asyncio.to_thread(own_pcscd.restart)
                await readers_until(client, ["Bar 00 00", "Bar 00 01"])
                uid = f"04A1B2C3D4E5{restart:02X}"
                own_pcscd.readers[0].insert(uid)
                assert (await client.hear("tap"))["uid"] == uid

    asyncio.run(scenario())
    assert "Traceback" not in box.log()


def test_readers_are_plugged_and_unplugged(own_pcscd, make_box):
    box = make_box(env=own_pcscd.start().env)

    async def scenario():
        async with till(box) as client:
            await asyncio.to_thread(own_pcscd.restart, ["Bar", "Door"])
            await readers_until(client, ["Bar 00 00", "Bar 00 01", "Door 00 00", "Door 00 01"])
            own_pcscd.readers[3].insert(CARD)
            assert (await client.hear("tap"))["reader"] == "Door 00 01"
            await asyncio.to_thread(own_pcscd.restart, ["Door"])
            await readers_until(client, ["Door 00 00", "Door 00 01"])

    asyncio.run(scenario())


def test_the_reader_is_unplugged_between_tap_and_confirm(own_pcscd, make_box):
    box = make_box(env=own_pcscd.start(["Bar", "Door"]).env)

    async def scenario():
        async with till(box, readers=4) as client:
            own_pcscd.readers[0].insert(CARD)
            tap = await client.hear("tap")
            await asyncio.to_thread(own_pcscd.stop)
            answer = await client.ask("confirmed", "lost", type="confirm", id=tap["id"])
            assert answer == {"type": "lost", "id": tap["id"], "reason": "no_service"}
            await asyncio.to_thread(own_pcscd.start, ["Door"])
            await readers_until(client, ["Door 00 00", "Door 00 01"])
            answer = await client.ask("confirmed", "lost", type="confirm", id=tap["id"])
            assert answer == {"type": "lost", "id": tap["id"], "reason": "unplugged"}

    asyncio.run(scenario())


def test_pcscd_comes_after_the_box(own_pcscd, make_box):
    box = make_box(env=own_pcscd.env)

    async def scenario():
        async with till(box, readers=0) as client:
            assert await client.ask("tap", "none", type="read") == {"type": "none"}
            await asyncio.to_thread(own_pcscd.start)
            await readers_until(client, ["Bar 00 00", "Bar 00 01"])
            own_pcscd.readers[0].insert(CARD)
            assert (await client.hear("tap"))["uid"] == CARD

    asyncio.run(scenario())
    assert box.log().count("pcscd does not answer") == 1


def test_sixteen_readers_the_most_that_pcscd_takes(own_pcscd, make_box):
    box = make_box(env=own_pcscd.start([f"R{index}" for index in range(8)]).env)

    async def scenario():
        async with till(box, readers=16) as client:
            for index in (0, 15):
                own_pcscd.readers[index].insert(CARD)
                assert (await client.hear("tap"))["reader"] == own_pcscd.readers[index].name
            await asyncio.to_thread(own_pcscd.restart, ["R0"])
            await readers_until(client, ["R0 00 00", "R0 00 01"])

    asyncio.run(scenario())


@pytest.mark.parametrize("present", [True, False], ids=["idle readers", "no pcscd"])
def test_an_idle_box_uses_no_processor(own_pcscd, make_box, present):
    if present:
        own_pcscd.start()
    box = make_box(env=own_pcscd.env)

    async def scenario():
        async with till(box, readers=2 if present else 0):
            before = processor_seconds(box.pid)
            await asyncio.sleep(3)
            assert processor_seconds(box.pid) - before <= 0.03

    asyncio.run(scenario())


def processor_seconds(pid):
    """User and system time of a process so far."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
