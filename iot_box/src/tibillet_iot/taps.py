"""The WebSocket /taps: the till says hello with the pairing token, then hears every tap."""

import asyncio
import contextlib
import logging

from aiohttp import WSMsgType, web

from tibillet_iot import __version__, frames
from tibillet_iot.hub import Mailbox

_logger = logging.getLogger(__name__)

HELLO_S = 3.0
UNPAIRED = 4401
MAX_FRAME = 4096
HEARTBEAT_S = 20.0


class TapsFront:
    """One `handle` per connected till."""

    def __init__(self, hub, desk, guard, queue_size):
        self._hub = hub
        self._desk = desk
        self._guard = guard
        self._queue_size = queue_size
        self._sockets = set()

    def add_routes(self, router):
        router.add_get("/taps", self.handle)

    async def handle(self, request):
        """Serve one till until it leaves; 403 before the upgrade, 4401 after it."""
        self._guard.check_origin(request)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=MAX_FRAME, compress=False)
        await socket.prepare(request)
        if not await self._is_paired(socket):
            _logger.warning("a till at %s did not bring the pairing token", request.remote)
            await socket.close(code=UNPAIRED, message=b"pairing token expected")
            return socket
        self._sockets.add(socket)
        try:
            await self._serve(socket)
        finally:
            self._sockets.discard(socket)
        return socket

    async def close(self, _app):
        """Tell the tills that the box stops, so that they reconnect at once."""
        for socket in tuple(self._sockets):
            await socket.close(code=1001, message=b"the box stops")

    async def _is_paired(self, socket):
        try:
            message = await asyncio.wait_for(socket.receive(), HELLO_S)
            frame = frames.parse(message.data) if message.type is WSMsgType.TEXT else {}
        except (TimeoutError, frames.BadFrame):
            return False
        return frame.get("type") == "hello" and self._guard.is_token(frame.get("token"))

    async def _serve(self, socket):
        mailbox = Mailbox(self._queue_size)
        with self._hub.listening(mailbox.put):
            mailbox.put(frames.ready(__version__, self._hub.cards))
            sender = asyncio.create_task(self._send(socket, mailbox))
            try:
                async for message in socket:
                    if message.type is WSMsgType.TEXT:
                        mailbox.put(await self._answer(message.data))
            finally:
                sender.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await sender
        if mailbox.dropped:
            _logger.warning("a till was too slow: %s frames were dropped", mailbox.dropped)

    async def _send(self, socket, mailbox):
        with contextlib.suppress(ConnectionError):
            while True:
                await socket.send_json(await mailbox.get())

    async def _answer(self, text):
        try:
            frame = frames.parse(text)
        except frames.BadFrame as error:
            return frames.error(str(error))
        match frame:
            case {"type": "confirm", "id": str(tap_id)}:
                return await self._desk.confirm(tap_id)
            case {"type": "read", **rest} if isinstance(rest.get("reader"), str | None):
                tap = await self._desk.read(rest.get("reader"))
                return frames.tap(tap) if tap else frames.none()
            case {"type": "ping"}:
                return frames.pong()
        return frames.error("unknown frame")
