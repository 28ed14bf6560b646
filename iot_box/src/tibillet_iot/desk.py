"""What a till may ask of a reader: is this card still here, which card lies here now.

PC/SC blocks, so each question runs in a worker thread with a context of its own.
"""

import asyncio

from tibillet_iot import frames, pcsc

_REASONS = {
    pcsc.CardGone: "removed",
    pcsc.ReaderGone: "unplugged",
    pcsc.Busy: "busy",
    pcsc.Unreadable: "unreadable",
    pcsc.ServiceGone: "no_service",
}


class Desk:
    """Answers frames (dict) about the readers of a Hub."""

    def __init__(self, hub):
        self._hub = hub

    async def confirm(self, tap_id):
        """Read the UID again in an exclusive session: `confirmed` if it is the tap's, else `lost` and why."""
        tap = self._hub.known_tap(tap_id)
        if tap is None:
            return frames.lost(tap_id, "unknown_tap")
        try:
            card = await asyncio.to_thread(pcsc.read_patiently, tap.reader)
        except pcsc.PcscError as error:
            return frames.lost(tap_id, _REASONS[type(error)])
        if card.uid != tap.uid:
            return frames.lost(tap_id, "swapped")
        return frames.confirmed(tap_id, card.uid)

    async def read(self, reader=None):
        """A new tap of the card that lies on this reader (on the first one that has a card), or None."""
        for name in [reader] if reader else list(self._hub.cards):
            if not self._hub.cards.get(name):
                continue
            try:
                card = await asyncio.to_thread(pcsc.read_patiently, name)
            except pcsc.PcscError:
                continue
            return self._hub.tap(name, card)
        return None
