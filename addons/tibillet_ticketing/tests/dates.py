from datetime import UTC, datetime, timedelta

from odoo import Command

from ..localtime import to_local, to_utc
from .common import TicketCase


class DatesCase(TicketCase):
    """A yoga class on Tuesday evenings in Paris, from the first Tuesday of March on; clocks change on its fourth date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A March to come: what has begun is never made.
        march = datetime(datetime.now(UTC).year + 1, 3, 1)
        cls.tuesday = (march + timedelta(days=(1 - march.weekday()) % 7)).date()
        cls.yoga = cls.make_dated("Yoga", cls.tuesday, 19, hours=2)
        cls.full, cls.reduced = cls.yoga.event_ticket_ids
        cls.quota = cls.env["tibillet.quota"].create(
            {
                "name": "Mats",
                "event_id": cls.yoga.id,
                "seats": 12,
                "ticket_ids": [Command.set((cls.full | cls.reduced).ids)],
            }
        )

    @classmethod
    def make_dated(cls, name, date, hour, hours=3, zone="Europe/Paris", **vals):
        wall = datetime.combine(date, datetime.min.time()) + timedelta(hours=hour)
        begin, end = to_utc(wall, zone), to_utc(wall + timedelta(hours=hours), zone)
        return cls.make_event(cls.bar, name, date_begin=begin, date_end=end, date_tz=zone, **vals)

    @classmethod
    def repeat(cls, event=None, **vals):
        event = event or cls.yoga
        return cls.env["tibillet.event.recurrence"].create({"model_event_id": event.id, "count": 6, **vals})

    def dates(self, series):
        return series._all_events().sorted("tibillet_recurrence_date").mapped("tibillet_recurrence_date")

    def at(self, series, number):
        """The event of the date of that number, from 0."""
        return series._all_events().sorted("tibillet_recurrence_date")[number]

    def walls(self, events):
        """When they begin by their own clock."""
        return [to_local(event.date_begin, event.date_tz) for event in events.sorted("date_begin")]

    def week(self, number):
        """The Tuesday so many weeks after the first one."""
        return self.tuesday + timedelta(weeks=number)
