"""The routes /iot_drivers/{action,event} of Odoo's own box, for pages that use its `iot_longpolling` service.

Unlike Odoo's: a queue per session (none loses a tap to another), and a new session hears only what comes
after it. An event stays until the page's next poll acknowledges it by `last_event`.
"""

import asyncio
import re
import time
from collections import OrderedDict, deque

from aiohttp import web

from tibillet_iot import frames, jsonrpc

POLL_S = 50
FRESH_S = 5
FORGET_S = 70
MAX_SESSIONS = 64
MAX_ACTIONS = 256


def identifier(reader):
    """A reader's name as a device identifier: `ACS ACR122U 00 00` -> `pcsc_ACS_ACR122U_00_00`."""
    return "pcsc_" + re.sub(r"\W+", "_", reader)


class Session:
    """What one page has not heard yet."""

    def __init__(self, size):
        self.devices = frozenset()
        self.seen = time.monotonic()
        self._events = deque(maxlen=size)
        self._poll = None

    def push(self, event):
        """Keep an event and wake the poll."""
        self._events.append(event)
        self.wake()

    async def poll(self, devices, last_event):
        """The first event after `last_event` (its `time`), None after POLL_S or when another poll takes over."""
        self.devices = devices
        self.wake()
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            event = self._next(last_event)
            if event is None:
                await asyncio.wait_for(poll, POLL_S)
                event = self._next(last_event) if self._poll is poll else None
            return event
        except TimeoutError:
            return None
        finally:
            self.seen = time.monotonic()
            if self._poll is poll:
                self._poll = None

    def is_idle(self):
        """Whether the page went away."""
        return self._poll is None and time.monotonic() - self.seen > FORGET_S

    def wake(self):
        """End the wait of the poll, with or without an event."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _next(self, last_event):
        oldest = time.time() - FRESH_S
        while self._events and (self._events[0]["time"] <= last_event or self._events[0]["time"] < oldest):
            self._events.popleft()
        return self._events[0] if self._events else None


class IotDriversFront:
    """Each reader is a device; its actions are `read` and `confirm`."""

    def __init__(self, hub, desk, guard, queue_size):
        self._hub = hub
        self._desk = desk
        self._guard = guard
        self._queue_size = queue_size
        self._sessions = OrderedDict()
        self._actions = OrderedDict()
        self._clock = 0.0

    def add_routes(self, router):
        router.add_post("/iot_drivers/action", self.action)
        router.add_post("/iot_drivers/event", self.event)

    async def close(self, _app):
        """Let the waiting polls go."""
        for session in self._sessions.values():
            session.wake()

    def hear(self, frame):
        """Listener of the hub: taps and removals are events of their reader."""
        if frame["type"] not in ("tap", "gone"):
            return
        device = identifier(frame["reader"])
        uid = frame.get("uid", "")
        event = {**frame, "value": uid, "result": uid, "status": "inserted" if uid else "removed"}
        for session_id, session in self._sessions.items():
            if device in session.devices:
                session.push(self._event(device, session_id, event))

    async def event(self, request):
        """Long poll: `{listener: {session_id, devices, last_event}}` -> an event or null."""
        self._guard.check_page(request)
        call_id, params = await jsonrpc.params(request)
        match params.get("listener"):
            case {"session_id": str(session_id), "devices": dict() | list() as devices, **rest}:
                last_event = rest.get("last_event") or 0
            case _:
                raise web.HTTPBadRequest(text="A listener with session_id and devices expected.")
        if not isinstance(last_event, int | float) or not all(isinstance(device, str) for device in devices):
            raise web.HTTPBadRequest(text="last_event must be a time, and devices identifiers.")
        return jsonrpc.answer(call_id, await self._session(session_id).poll(frozenset(devices), last_event))

    async def action(self, request):
        """`{session_id, device_identifier, data: {action, …}}` -> true; the result comes as an event to that session."""
        self._guard.check_page(request)
        call_id, params = await jsonrpc.params(request)
        match params:
            case {"session_id": str(session_id), "device_identifier": str(device), "data": dict(data)}:
                return jsonrpc.answer(call_id, await self._act(session_id, device, data))
        raise web.HTTPBadRequest(text="session_id, device_identifier and data expected.")

    async def _act(self, session_id, device, data):
        reader = next((name for name in self._hub.cards if identifier(name) == device), None)
        if reader is None:
            return False
        if self._is_repeated(data.get("action_unique_id")):
            return True
        match data:
            case {"action": "read"}:
                tap = await self._desk.read(reader)
                outcome = {"status": "success", "result": frames.tap(tap) if tap else frames.none()}
            case {"action": "confirm", "id": str(tap_id)}:
                outcome = {"status": "success", "result": await self._desk.confirm(tap_id)}
            case _:
                outcome = {"status": "error", "result": "The actions of a reader are: read, confirm (with a tap's id)."}
        outcome |= {"action_args": data, "owner": session_id}
        self._session(session_id).push(self._event(device, session_id, outcome))
        return True

    def _is_repeated(self, action_id):
        """Whether this action came already: a page repeats it when the answer is late."""
        if not isinstance(action_id, str):
            return False
        if action_id in self._actions:
            return True
        self._actions[action_id] = None
        if len(self._actions) > MAX_ACTIONS:
            self._actions.popitem(last=False)
        return False

    def _session(self, session_id):
        for key in [key for key, session in self._sessions.items() if session.is_idle()]:
            del self._sessions[key]
        if session_id not in self._sessions:
            self._sessions[session_id] = Session(self._queue_size)
            if len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(session_id)
        return self._sessions[session_id]

    def _event(self, device, session_id, values):
        """Times tell events apart, so no two are equal."""
        self._clock = max(time.time(), self._clock + 1e-5)
        return {**values, "device_identifier": device, "session_id": session_id, "time": self._clock}
