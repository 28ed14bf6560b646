"""An unmodified point of sale: it shakes hands, polls the status, and takes a tap for a scanned barcode."""

import asyncio
import contextlib

import aiohttp

ORIGIN = "http://127.0.0.1:8069"
CARD = "04A1B2C3D4E5F6"
WAIT = 0.15  # a poll stands at the box by then


@contextlib.asynccontextmanager
async def stock_till(box, browser="Stock POS"):
    """`call(name)` posts /hw_proxy/name as the page does and returns the result."""
    async with aiohttp.ClientSession(headers={"Origin": ORIGIN, "User-Agent": browser}) as session:

        async def call(name, **params):
            async with session.post(f"{box.url}/hw_proxy/{name}", json={"id": 7, "params": params}) as response:
                assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
                body = await response.json()
                assert body["id"] == 7
                return body["result"]

        yield call


def test_it_connects(box, reader):
    async def scenario():
        async with stock_till(box) as call, aiohttp.ClientSession(headers={"Origin": ORIGIN}) as session:
            async with session.get(box.url + "/hw_proxy/hello") as response:
                assert await response.text() == "ping"
            assert await call("handshake") is True
            assert (await call("status_json"))["scanner"]["status"] == "connected"

    asyncio.run(scenario())


def test_the_scanner_is_disconnected_without_a_reader(make_box, tmp_path):
    box = make_box(env={"PCSCLITE_CSOCK_NAME": str(tmp_path / "no.comm")})

    async def scenario():
        async with stock_till(box) as call:
            assert (await call("status_json"))["scanner"]["status"] == "disconnected"

    asyncio.run(scenario())


def test_a_tap_is_a_scan_on_every_till(make_box, reader):
    box = make_box(barcode_prefix="NFC")

    async def scenario():
        async with stock_till(box, "Bar") as bar, stock_till(box, "Door") as door:
            polls = [asyncio.create_task(call("scanner")) for call in (bar, door)]
            await asyncio.sleep(WAIT)
            reader.insert(CARD)
            assert await asyncio.gather(*polls) == ["NFC" + CARD] * 2

    asyncio.run(scenario())


def test_a_tap_between_two_polls_is_not_lost(box, reader):
    async def scenario():
        async with stock_till(box) as call:
            for index in range(3):
                poll = asyncio.create_task(call("scanner"))
                await asyncio.sleep(WAIT)
                reader.tap(f"04A1B2C3D4E5F{index}", seconds=0.1)
                assert await poll == f"04204A1B2C3D4E5F{index}"
                reader.tap(f"04A1B2C3D4E5A{index}", seconds=0.1)
                assert await call("scanner") == f"04204A1B2C3D4E5A{index}"

    asyncio.run(scenario())


def test_an_old_tap_is_not_for_a_page_that_comes_later(box, reader):
    async def scenario():
        async with stock_till(box) as call:
            poll = asyncio.create_task(call("scanner"))
            await asyncio.sleep(WAIT)
            reader.tap(CARD, seconds=0.1)
            await poll
            reader.tap("04A1B2C3D4E5F7", seconds=0.1)
            await asyncio.sleep(2.1)
            poll = asyncio.create_task(call("scanner"))
            async with stock_till(box, "New page") as new_page:
                new_poll = asyncio.create_task(new_page("scanner"))
                await asyncio.sleep(WAIT)
                reader.insert("04A1B2C3D4E5F8")
                assert await asyncio.gather(poll, new_poll) == ["04204A1B2C3D4E5F8"] * 2

    asyncio.run(scenario())


def test_a_page_that_was_reloaded_takes_no_tap_with_it(box, reader):
    async def scenario():
        async with stock_till(box) as closed:
            poll = asyncio.create_task(closed("scanner"))
            await asyncio.sleep(WAIT)
            poll.cancel()
        async with stock_till(box) as call:
            await asyncio.sleep(WAIT)
            reader.insert(CARD)
            await asyncio.sleep(WAIT)
            assert await call("scanner") == "042" + CARD

    asyncio.run(scenario())
