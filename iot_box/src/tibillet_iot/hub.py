"""Numbers each event, remembers the last taps for `confirm`, and hands every event to every listener.

Lives in the event loop's thread. A listener hears only what happens after it came: an old tap is never replayed.
"""

import asyncio
import contextlib
import datetime
import logging
import uuid
from collections import OrderedDict
from typing import NamedTuple

from tibillet_iot import frames
from tibillet_iot.events import Arrived, Left, Readers, Unread
from tibillet_iot.masks import masked

_logger = logging.getLogger(__name__)

REMEMBERED_TAPS = 64


class Tap(NamedTuple):
    """One tap. `seq` grows by one with each event of the box's life, `at` is UTC."""

    id: str
    seq: int
    reader: str
    uid: str
    atr: str
    at: str


class Mailbox:
    """A bounded queue of frames for one listener. When it is full the oldest frame goes: a late tap is worth nothing."""

    def __init__(self, size):
        self._queue = asyncio.Queue(size)
        self.dropped = 0

    def put(self, frame):
        """Never blocks: a slow listener must not hold up the others."""
        if self._queue.full():
            self._queue.get_nowait()
            self.dropped += 1
        self._queue.put_nowait(frame)

    async def get(self):
        """The next frame, waiting for it."""
        return await self._queue.get()


class Hub:
    """Listeners are callables taking a frame (dict); they must not block."""

    def __init__(self):
        self.cards = {}  # reader name -> a card lies on it
        self._listeners = set()
        self._taps = OrderedDict()
        self._seq = 0

    @contextlib.contextmanager
    def listening(self, listener):
        """Call `listener(frame)` for each event inside the `with`."""
        self._listeners.add(listener)
        try:
            yield
        finally:
            self._listeners.discard(listener)

    def publish(self, event):
        """Turn an event of the watcher into a frame and hand it to all listeners."""
        frame = self._frame(event)
        for listener in tuple(self._listeners):
            listener(frame)

    def tap(self, reader, card):
        """A new Tap of this card, remembered for `known_tap`."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        tap = Tap(str(uuid.uuid4()), self._next(), reader, card.uid, card.atr, now)
        self._taps[tap.id] = tap
        if len(self._taps) > REMEMBERED_TAPS:
            self._taps.popitem(last=False)
        _logger.info("tap %s on %s: card %s", tap.seq, reader, masked(tap.uid))
        return tap

    def known_tap(self, tap_id):
        """The Tap of this id among the last ones, or None."""
        return self._taps.get(tap_id)

    def _next(self):
        self._seq += 1
        return self._seq

    def _frame(self, event):
        match event:
            case Arrived(reader):
                self.cards[reader] = True
                return frames.tap(self.tap(reader, event))
            case Left(reader):
                self.cards[reader] = False
                return frames.gone(self._next(), reader)
            case Unread(reader, reason):
                self.cards[reader] = True
                _logger.warning("a card on %s cannot be read: %s", reader, reason)
                return frames.unreadable(self._next(), reader, reason)
            case Readers(cards):
                self.cards = dict(cards)
                return frames.readers(self._next(), self.cards)
