"""The routes /hw_proxy/* that an unmodified point of sale calls: a tap is a scanned barcode, prefix + UID.

The stock page names no session, so a till is told by its address, origin and browser. Each waiting poll of
a till gets the tap; one that comes between two polls waits a moment for the next.
"""

import asyncio
import time
from collections import deque

from aiohttp import web

from tibillet_iot import jsonrpc

POLL_S = 50
FRESH_S = 2  # the gap between two polls is milliseconds; an older tap is not for this customer
FORGET_S = 70
MAX_CODES = 16


class StockTill:
    """The long polls of one stock page."""

    def __init__(self):
        self.seen = time.monotonic()
        self._codes = deque(maxlen=MAX_CODES)
        self._polls = {}  # future -> its request

    def scan(self, code):
        """Hand a code to the polls that wait, or keep it for the next one."""
        waiting = [poll for poll, request in self._polls.items() if not poll.done() and not jsonrpc.is_gone(request)]
        for poll in waiting:
            poll.set_result(code)
        if not waiting:
            self._codes.append((time.monotonic(), code))

    async def poll(self, request):
        """The next code, an empty text after POLL_S without one."""
        while self._codes:
            at, code = self._codes.popleft()
            if time.monotonic() - at < FRESH_S:
                return code
        poll = asyncio.get_running_loop().create_future()
        self._polls[poll] = request
        try:
            return await asyncio.wait_for(poll, POLL_S)
        except TimeoutError:
            return ""
        finally:
            del self._polls[poll]
            self.seen = time.monotonic()

    def release(self):
        """End every poll without a code."""
        for poll in self._polls:
            if not poll.done():
                poll.set_result("")

    def is_idle(self):
        """Whether the page went away."""
        return not self._polls and time.monotonic() - self.seen > FORGET_S


class HwProxyFront:
    """hello, handshake, status_json and scanner."""

    def __init__(self, hub, guard, prefix):
        self._hub = hub
        self._guard = guard
        self._prefix = prefix
        self._tills = {}

    def add_routes(self, router):
        router.add_get("/hw_proxy/hello", self.hello)
        router.add_post("/hw_proxy/handshake", self.handshake)
        router.add_post("/hw_proxy/status_json", self.status_json)
        router.add_post("/hw_proxy/scanner", self.scanner)

    async def close(self, _app):
        """Let the waiting polls go."""
        for till in self._tills.values():
            till.release()

    def hear(self, frame):
        """Listener of the hub: a tap is a scan on every till."""
        if frame["type"] != "tap":
            return
        self._tills = {key: till for key, till in self._tills.items() if not till.is_idle()}
        for till in self._tills.values():
            till.scan(self._prefix + frame["uid"])

    async def hello(self, request):
        self._guard.check_page(request)
        return web.Response(text="ping")

    async def handshake(self, request):
        self._guard.check_page(request)
        call_id, _params = await jsonrpc.params(request)
        return jsonrpc.answer(call_id, True)

    async def status_json(self, request):
        self._guard.check_page(request)
        call_id, _params = await jsonrpc.params(request)
        status = "connected" if self._hub.cards else "disconnected"
        return jsonrpc.answer(call_id, {"scanner": {"status": status, "messages": ", ".join(self._hub.cards)}})

    async def scanner(self, request):
        self._guard.check_page(request)
        call_id, _params = await jsonrpc.params(request)
        key = (request.remote, request.headers.get("Origin"), request.headers.get("User-Agent"))
        till = self._tills.setdefault(key, StockTill())
        return jsonrpc.answer(call_id, await till.poll(request))
