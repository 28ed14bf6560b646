"""Entries laid out: by day, by month, by venue."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from .filters import month_end, next_month


def by_day(entries, first):
    """[(day, its entries)], in order; what began before the day `first` is shown on it."""

    def shown(entry):
        return max(entry.first, first)

    lines = sorted(entries, key=lambda entry: (shown(entry), entry.first < first, entry.start, entry.uid))
    return [(day, list(group)) for day, group in groupby(lines, key=shown)]


def by_venue(entries):
    """[[entry, …]], one list a venue, by name; what has no address comes last."""

    def venue(entry):
        return (not entry.address, entry.venue.casefold(), entry.address)

    lines = sorted(entries, key=lambda entry: (*venue(entry), entry.start))
    return [list(group) for _venue, group in groupby(lines, key=venue)]


@dataclass(frozen=True)
class Month:
    """A month's page of the calendar; `first` is its first day, `week_start` 0 on Monday."""

    first: date
    week_start: int = 0

    @property
    def last(self):
        return month_end(self.first)

    @property
    def before(self):
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self):
        return next_month(self.first)

    def weeks(self, entries):
        """[[(day, its entries), …], …]: whole weeks; days of other months hold nothing (day is None)."""
        day = self.first - timedelta(days=(self.first.weekday() - self.week_start) % 7)
        weeks = []
        while day <= self.last:
            days = [day + timedelta(days=number) for number in range(7)]
            weeks.append([self._cell(each, entries) for each in days])
            day += timedelta(days=7)
        return weeks

    def _cell(self, day, entries):
        if (day.year, day.month) != (self.first.year, self.first.month):
            return None, []
        return day, [entry for entry in entries if entry.touches(day, day)]
