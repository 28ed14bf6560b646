"""A till, seen from the box: the client side of the WebSocket."""

import asyncio
import contextlib

import aiohttp


class Till:
    """A connected, paired till. `heard` is every frame in order; what `hear` passes over waits for a later `hear`."""

    def __init__(self, socket):
        self._socket = socket
        self.heard = []
        self._passed = []

    async def say_text(self, text):
        await self._socket.send_str(text)

    async def close_code(self):
        """The code with which the box closes."""
        async with asyncio.timeout(5):
            return (await self._socket.receive()).data

    async def say(self, **frame):
        await self._socket.send_json(frame)

    async def hear(self, *kinds, seconds=5):
        """The first frame, not returned yet, whose type is one of `kinds`."""
        for frame in self._passed:
            if frame["type"] in kinds:
                self._passed.remove(frame)
                return frame
        async with asyncio.timeout(seconds):
            while True:
                frame = await self._socket.receive_json()
                self.heard.append(frame)
                if frame["type"] in kinds:
                    return frame
                self._passed.append(frame)

    async def silence(self, *kinds, seconds=0.4):
        """Nothing of these types comes for a while."""
        with contextlib.suppress(TimeoutError):
            frame = await self.hear(*kinds, seconds=seconds)
            raise AssertionError(f"unexpected {frame['type']}")

    async def ask(self, *kinds, **frame):
        await self.say(**frame)
        return await self.hear(*kinds)


@contextlib.asynccontextmanager
async def till(box, readers=2, **options):
    """A Till that said hello and knows of this many readers; it left its `ready` frame in `.ready`."""
    async with aiohttp.ClientSession() as session, session.ws_connect(box.ws_url, **options) as socket:
        client = Till(socket)
        client.ready = await client.ask("ready", type="hello", token=box.token)
        while readers is not None and len(client.ready["readers"]) != readers:
            client.ready["readers"] = (await client.hear("readers"))["readers"]
        yield client
