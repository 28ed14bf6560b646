"""A card is put on a reader: the till hears it."""

import asyncio

import pytest
from till import till

UIDS = ["A1B2C3D4", "04A1B2C3D4E5F6", "04A1B2C3D4E5F6A7B8C9"]


@pytest.mark.parametrize("uid", UIDS)
def test_each_length_of_uid(box, reader, uid):
    async def scenario():
        async with till(box) as client:
            reader.insert(uid)
            tap = await client.hear("tap")
            assert tap["uid"] == uid
            assert tap["reader"] == reader.name
            assert tap["atr"].startswith("3B8F8001804F0CA0000003060300")
            reader.remove()
            gone = await client.hear("gone")
            assert gone["reader"] == reader.name
            assert gone["seq"] == tap["seq"] + 1

    asyncio.run(scenario())


def test_confirm_reads_the_card_again(box, reader):
    async def scenario():
        async with till(box) as client:
            reader.insert("04A1B2C3D4E5F6")
            tap = await client.hear("tap")
            answer = await client.ask("confirmed", "lost", type="confirm", id=tap["id"])
            assert answer == {"type": "confirmed", "id": tap["id"], "uid": "04A1B2C3D4E5F6"}

    asyncio.run(scenario())
