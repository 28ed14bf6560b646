"""What the watching thread says. Plain values: they cross from a thread to the event loop."""

from typing import NamedTuple


class Arrived(NamedTuple):
    """A card was put on a reader and read."""

    reader: str
    uid: str
    atr: str


class Left(NamedTuple):
    """The card left the reader, or another took its place."""

    reader: str


class Unread(NamedTuple):
    """A card lies on the reader and cannot be read."""

    reader: str
    reason: str


class Readers(NamedTuple):
    """The readers that are plugged now, each with whether a card lies on it."""

    cards: dict[str, bool]
