"""A card is put on a reader: every till hears it once."""

import asyncio

import pytest
from till import till

from tests.rig.card import VirtualCard

UIDS = ["A1B2C3D4", "04A1B2C3D4E5F6", "04A1B2C3D4E5F6A7B8C9"]


@pytest.mark.parametrize("uid", UIDS)
def test_each_length_of_uid(box, reader, uid):
    async def scenario():
        async with till(box) as client:
            reader.insert(uid)
            tap = await client.hear("tap")
            assert tap["uid"] == uid
            assert tap["reader"] == reader.name
            assert tap["atr"] == VirtualCard().atr.hex().upper()
            reader.remove()
            gone = await client.hear("gone")
            assert gone["reader"] == reader.name
            assert gone["seq"] == tap["seq"] + 1

    asyncio.run(scenario())


def test_two_readers_tell_which_one_was_tapped(box, reader, other_reader):
    async def scenario():
        async with till(box) as client:
            assert [each["name"] for each in client.ready["readers"]] == [reader.name, other_reader.name]
            reader.insert(UIDS[0])
            other_reader.insert(UIDS[1])
            taps = {tap["reader"]: tap["uid"] for tap in [await client.hear("tap"), await client.hear("tap")]}
            assert taps == {reader.name: UIDS[0], other_reader.name: UIDS[1]}

    asyncio.run(scenario())


def test_every_till_hears_every_tap_once(box, reader):
    async def scenario():
        async with till(box) as bar, till(box) as door:
            for index in range(5):
                reader.tap(f"04A1B2C3D4E5F{index}", seconds=0.05)
                for client in (bar, door):
                    assert (await client.hear("tap"))["uid"] == f"04A1B2C3D4E5F{index}"
                    await client.hear("gone")
            for client in (bar, door):
                await client.silence("tap")
                frames = [frame for frame in client.heard if frame["type"] in ("tap", "gone")]
                assert len(frames) == 10
                seqs = [frame["seq"] for frame in frames]
                assert seqs == list(range(seqs[0], seqs[0] + 10))
            assert len({frame["id"] for frame in bar.heard if frame["type"] == "tap"}) == 5
            assert bar.heard[-10:] == door.heard[-10:]

    asyncio.run(scenario())


def test_a_new_till_hears_no_old_tap(box, reader):
    async def scenario():
        async with till(box) as early:
            reader.insert()
            await early.hear("tap")
            async with till(box) as late:
                assert late.ready["readers"][0] == {"name": reader.name, "card": True}
                await late.silence("tap")

    asyncio.run(scenario())


def test_a_card_that_lies_there_at_start_is_no_tap_but_can_be_read(make_box, reader, other_reader):
    reader.insert(UIDS[1])
    box = make_box()

    async def scenario():
        async with till(box) as client:
            await client.silence("tap")
            tap = await client.ask("tap", "none", type="read")
            assert (tap["uid"], tap["reader"]) == (UIDS[1], reader.name)
            assert (await client.ask("tap", "none", type="read", reader=other_reader.name))["type"] == "none"
            reader.remove()
            await client.hear("gone")
            assert await client.ask("tap", "none", type="read") == {"type": "none"}

    asyncio.run(scenario())


def test_quick_swaps_never_mix_two_cards_up(box, reader):
    """pcscd may miss a swap inside one poll; what it sees is a tap, its removal, the next tap, in the order of the hands."""
    uids = [f"04A1B2C3D4E5{index:02X}" for index in range(30)]

    async def scenario():
        async with till(box) as client:
            for index, uid in enumerate(uids):
                reader.swap(uid)
                await asyncio.sleep((3 + index % 8) / 1000)
            reader.remove()
            await asyncio.sleep(0.1)
            reader.insert("FFFFFFFF")
            while (await client.hear("tap"))["uid"] != "FFFFFFFF":
                pass
            *moves, _last = [frame for frame in client.heard if frame["type"] in ("tap", "gone")]
            assert [frame["type"] for frame in moves] == ["tap", "gone"] * (len(moves) // 2)
            told = [frame["uid"] for frame in moves[::2]]
            assert told == sorted(told)
            assert len(told) > 1

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "card",
    [VirtualCard(status=b"\x6a\x81"), VirtualCard(uid="A1B2C3"), VirtualCard(uid="04A1B2C3D4E5F6A7B8C9D0")],
    ids=["refuses", "3 bytes", "11 bytes"],
)
def test_a_card_without_a_uid_is_said_and_is_no_tap(box, reader, card):
    async def scenario():
        async with till(box) as client:
            reader.insert(card)
            frame = await client.hear("tap", "unreadable")
            assert (frame["type"], frame["reader"]) == ("unreadable", reader.name)
            assert (await client.ask("tap", "none", type="read"))["type"] == "none"

    asyncio.run(scenario())


def test_an_unreadable_card_does_not_hold_up_the_other_reader(box, reader, other_reader):
    async def scenario():
        async with till(box) as client:
            reader.insert(VirtualCard(status=b"\x6a\x81"))
            other_reader.insert(UIDS[1])
            assert (await client.hear("tap", "unreadable"))["uid"] == UIDS[1]
            await client.hear("unreadable")

    asyncio.run(scenario())
