"""The words of the WebSocket, one function a frame. Pure: no clock, no input or output.

docs: README.md, "The wire".
"""

import json


class BadFrame(ValueError):
    """The till said something that is not a frame; the message is for its log."""


def parse(text):
    """A frame of the till: a JSON object with a `type`. Raises BadFrame."""
    try:
        frame = json.loads(text)
    except ValueError:
        raise BadFrame("not JSON") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise BadFrame("not an object with a type")
    return frame


def ready(version, cards):
    return {"type": "ready", "version": version, "readers": _readers(cards)}


def readers(seq, cards):
    return {"type": "readers", "seq": seq, "readers": _readers(cards)}


def tap(tap_):
    return {"type": "tap", **tap_._asdict()}


def gone(seq, reader):
    return {"type": "gone", "seq": seq, "reader": reader}


def unreadable(seq, reader, reason):
    return {"type": "unreadable", "seq": seq, "reader": reader, "reason": reason}


def confirmed(tap_id, uid):
    return {"type": "confirmed", "id": tap_id, "uid": uid}


def lost(tap_id, reason):
    """`reason`: removed, swapped, unplugged, busy, unreadable, unknown_tap or no_service."""
    return {"type": "lost", "id": tap_id, "reason": reason}


def none():
    return {"type": "none"}


def pong():
    return {"type": "pong"}


def error(message):
    return {"type": "error", "message": message}


def _readers(cards):
    return [{"name": name, "card": card} for name, card in cards.items()]
