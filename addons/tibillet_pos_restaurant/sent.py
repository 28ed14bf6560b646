"""What a till says it has sent to preparation: plain Python, no Odoo."""

import json
import math
from typing import NamedTuple


class Unreadable(ValueError):
    """What the till sent is not what a till sends."""


class Sent(NamedTuple):
    """One order line as sent: quantity, notes in words, and what came with it from other lines ``{uuid: quantity}``."""

    qty: float
    note: str
    moved: dict


def read(change):
    """The lines of an order's last preparation change, by the uuid of the order line.

    :param str change: JSON ``{lines: {key: {uuid, quantity, note, customer_note, tibillet_moved}}}``; empty for none
    :raise Unreadable: anything else
    """
    try:
        lines = json.loads(change or "{}").get("lines") or {}
        return {str(line["uuid"]): _line(line) for line in lines.values()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def words(note, customer_note=""):
    """Notes as a cook reads them: a till stores a list of tags as JSON, or plain words."""
    try:
        tags = json.loads(note or "[]")
    except ValueError:
        tags = note
    if not isinstance(tags, list):
        tags = [note]
    texts = [str(tag.get("text") or "") if isinstance(tag, dict) else str(tag) for tag in tags]
    return ", ".join(text.strip() for text in [*texts, customer_note or ""] if text.strip())


def _line(line):
    moved = line.get("tibillet_moved") or {}
    return Sent(
        _quantity(line["quantity"]),
        words(line.get("note"), line.get("customer_note")),
        {str(uuid): _quantity(qty) for uuid, qty in moved.items()},
    )


def _quantity(value):
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unreadable(f"{value!r} is no quantity")
    return max(value, 0)
