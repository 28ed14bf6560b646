"""Before money moves the till asks: is the card of this tap still here? The box looks again, alone with the card."""

import asyncio
import os
import subprocess
import sys

from till import till

CARD, OTHER = "04A1B2C3D4E5F6", "04A1B2C3D4E5F7"

# Holds the reader the way another program does, then waits to be ended.
HOLD = """
import sys
from smartcard.scard import *
_code, context = SCardEstablishContext(SCARD_SCOPE_USER)
code, _card, _protocol = SCardConnect(context, sys.argv[1], SCARD_SHARE_EXCLUSIVE, 3)
print(code, flush=True)
sys.stdin.read()
"""


async def tapped(client, reader):
    reader.insert(CARD)
    return await client.hear("tap")


async def confirmation(client, tap):
    return await client.ask("confirmed", "lost", type="confirm", id=tap["id"])


def test_the_card_is_still_there(box, reader):
    async def scenario():
        async with till(box) as client:
            tap = await tapped(client, reader)
            assert await confirmation(client, tap) == {"type": "confirmed", "id": tap["id"], "uid": CARD}

    asyncio.run(scenario())


def test_the_card_was_taken_away(box, reader):
    async def scenario():
        async with till(box) as client:
            tap = await tapped(client, reader)
            reader.remove()
            assert await confirmation(client, tap) == {"type": "lost", "id": tap["id"], "reason": "removed"}

    asyncio.run(scenario())


def test_another_card_lies_there(box, reader):
    async def scenario():
        async with till(box) as client:
            tap = await tapped(client, reader)
            reader.remove()
            await client.hear("gone")
            reader.insert(OTHER)
            await client.hear("tap")
            assert await confirmation(client, tap) == {"type": "lost", "id": tap["id"], "reason": "swapped"}

    asyncio.run(scenario())


def test_a_swap_too_quick_to_be_seen_is_never_confirmed(box, reader):
    """pcscd itself may miss it and tell no new tap; the second look at the card does not."""

    async def scenario():
        async with till(box) as client:
            for attempt in range(15):
                uid = f"04A1B2C3D4E5{attempt:02X}"
                reader.insert(uid)
                while (tap := await client.hear("tap"))["uid"] != uid:
                    pass  # the other card of the attempt before was seen after all
                reader.swap(OTHER)
                answer = await confirmation(client, tap)
                assert (answer["type"], answer["id"]) == ("lost", tap["id"])
                assert answer["reason"] in ("removed", "swapped")
                await asyncio.sleep(0.02)  # vpcd's queue takes one card that waits: a third would wait a second
                reader.remove()

    asyncio.run(scenario())


def test_a_card_put_back_is_the_same_card(box, reader):
    async def scenario():
        async with till(box) as client:
            tap = await tapped(client, reader)
            reader.remove()
            await client.hear("gone")
            reader.insert(CARD)
            await client.hear("tap")
            assert (await confirmation(client, tap))["type"] == "confirmed"

    asyncio.run(scenario())


def test_a_tap_that_the_box_does_not_know(box, reader):
    async def scenario():
        async with till(box) as client:
            assert (await confirmation(client, {"id": "nonsense"}))["reason"] == "unknown_tap"

    asyncio.run(scenario())


def test_another_program_holds_the_reader(box, reader, pcscd):
    async def scenario():
        async with till(box) as client:
            tap = await tapped(client, reader)
            with subprocess.Popen(
                [sys.executable, "-c", HOLD, reader.name],
                env=os.environ | pcscd.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            ) as holder:
                assert holder.stdout.readline() == b"0\n"
                assert await confirmation(client, tap) == {"type": "lost", "id": tap["id"], "reason": "busy"}
                holder.stdin.close()
            assert (await confirmation(client, tap))["type"] == "confirmed"

    asyncio.run(scenario())


def test_two_tills_confirm_at_once(box, reader):
    async def scenario():
        async with till(box) as bar, till(box) as door:
            tap = await tapped(bar, reader)
            answers = await asyncio.gather(confirmation(bar, tap), confirmation(door, tap))
            assert [answer["type"] for answer in answers] == ["confirmed", "confirmed"]

    asyncio.run(scenario())
