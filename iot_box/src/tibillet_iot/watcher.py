"""One thread, one blocking SCardGetStatusChange over all readers and the plug notification.

pyscard's own monitors die for good when pcscd stops, so the raw calls are used.
"""

import fnmatch
import logging
import threading
import time

from smartcard import scard

from tibillet_iot import pcsc
from tibillet_iot.events import Arrived, Left, Readers, Unread

_logger = logging.getLogger(__name__)

RECONNECT_S = 0.2
IDLE_MS = 1000  # a reader plugged between two calls wakes no one: pcsc-lite 1.9 ignores the count that we know
RETRY_MS = 20
PATIENCE_S = 1.0  # a card at the edge of the field answers late


def present(state):
    """Whether this PC/SC reader state shows a card."""
    return bool(state & scard.SCARD_STATE_PRESENT)


def moves(state):
    """pcscd's count of insertions and removals on this reader."""
    return state >> 16


class Watcher(threading.Thread):
    """Calls `publish(event)` in this thread for each event of `tibillet_iot.events`.

    A tap is a card that arrives while the reader is watched: one that already lies there when the reader
    or pcscd appears is shown by Readers, and nobody is charged for it by surprise.
    """

    def __init__(self, publish, ignored=()):
        super().__init__(name="pcsc", daemon=True)
        self._publish = publish
        self._ignored = ignored
        self._stopping = threading.Event()
        self._context = None
        self._unread = {}  # reader -> monotonic time at which we give up

    def run(self):
        """Watch for ever, opening another context each time pcscd goes."""
        told = False
        while not self._stopping.is_set():
            try:
                with pcsc.context() as self._context:
                    told = False
                    self._watch(self._context)
            except Exception as error:  # whatever it is, a till must not lose its readers for good
                if not told:
                    unforeseen = not isinstance(error, pcsc.PcscError)
                    _logger.warning("pcscd does not answer (%s): trying until it does", error, exc_info=unforeseen)
                    self._publish(Readers({}))
                    told = True
            self._context = None
            self._unread.clear()
            self._stopping.wait(RECONNECT_S)

    def stop(self):
        """End the thread and wait for it. A cancel may come just before the wait, hence the loop."""
        self._stopping.set()
        while self.is_alive():
            context = self._context
            if context is not None:
                pcsc.cancel(context)
            self.join(0.05)

    def _wanted(self, names):
        return [name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in self._ignored)]

    def _watch(self, context):
        states = {}
        published = None
        while not self._stopping.is_set():
            plugged = pcsc.readers(context)
            names = self._wanted(plugged)
            states = {name: states.get(name, scard.SCARD_STATE_UNAWARE) for name in names}
            try:
                changes = pcsc.wait(context, states, len(plugged), RETRY_MS if self._unread else IDLE_MS)
            except pcsc.ReaderGone:
                continue  # unplugged between the list and the wait
            before, states = states, states | {name: state for name, (state, _atr) in changes.items()}
            if names != published:
                published = names
                _logger.info("readers: %s", ", ".join(names) or "none")
                self._publish(Readers({name: present(state) for name, state in states.items()}))
            for name in changes:
                if before[name] != scard.SCARD_STATE_UNAWARE:
                    self._compare(name, before[name], states[name])
            self._read_pending(context, states)

    def _compare(self, reader, before, after):
        moved = moves(before) != moves(after)
        left = present(before) and (moved or not present(after))
        if left and self._unread.pop(reader, None) is None:  # one that came and went unread was never told
            self._publish(Left(reader))
        if present(after) and (moved or not present(before)):
            self._unread[reader] = time.monotonic() + PATIENCE_S

    def _read_pending(self, context, states):
        for reader, deadline in list(self._unread.items()):
            event = self._read(context, reader, deadline) if reader in states else None
            if event is not None:
                self._publish(event)
            if event is not None or reader not in states:
                self._unread.pop(reader)

    def _read(self, context, reader, deadline):
        """The event of this attempt; None when the card must be tried again."""
        try:
            card = pcsc.read_card(context, reader)
        except pcsc.ServiceGone:
            raise
        except pcsc.PcscError as error:
            return Unread(reader, str(error)) if time.monotonic() > deadline else None
        return Arrived(reader, card.uid, card.atr)
