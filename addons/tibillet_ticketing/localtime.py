"""Moments of a place: Odoo keeps UTC, an evening begins at eight whatever the season."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def to_local(moment, zone):
    """The wall clock (datetime without a zone) of `zone` (str) at a UTC moment (datetime without a zone)."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def to_utc(wall, zone):
    """The UTC moment of a wall clock, both without a zone.

    An hour that comes twice in autumn is the first of the two; one that spring leaves out is as long after midnight.
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC).replace(tzinfo=None)


def days_later(moment, days, zone):
    """The UTC moment at the same wall clock of `zone`, some days (int) later or, below zero, before."""
    return moment and to_utc(to_local(moment, zone) + timedelta(days=days), zone)


def at_clock(date, wall):
    """`date` at the hour of `wall` (datetime without a zone)."""
    return datetime.combine(date, wall.time())
