"""Days, months and hours in the visitor's language, as babel says them."""

import re

import babel.dates

from odoo.tools.misc import babel_locale_parse, format_time, get_lang

from ..agenda import Entry

YEAR = re.compile(r"[\s,]*y+$")


class Words:
    """:param today: the day that it is at the venue, which “Today” and “Tomorrow” are said of"""

    def __init__(self, env, today, zone):
        self.env, self.today, self.zone = env, today, zone
        self.lang = get_lang(env)
        self.locale = babel_locale_parse(self.lang.code)

    def day(self, day):
        """“Friday, November 27”, with the year where it is not this one."""
        pattern = self.locale.date_formats["full"].pattern
        if day.year == self.today.year:
            pattern = YEAR.sub("", pattern)
        return self._capital(babel.dates.format_date(day, pattern, locale=self.locale))

    def near(self, day):
        """“Today”, “Tomorrow”, else nothing."""
        return {0: self.env._("Today"), 1: self.env._("Tomorrow")}.get((day - self.today).days, "")

    def short(self, day):
        """“Fri 27 Nov”."""
        skeleton = "MMMEd" if day.year == self.today.year else "yMMMEd"
        return babel.dates.format_skeleton(skeleton, day, locale=self.locale)

    def month(self, day):
        return self._capital(babel.dates.format_skeleton("yMMMM", day, locale=self.locale))

    def weekdays(self):
        """[(short, whole)] of a week, in the language's order."""
        short = babel.dates.get_day_names("abbreviated", "stand-alone", self.locale)
        whole = babel.dates.get_day_names("wide", "stand-alone", self.locale)
        start = self.week_start
        return [(short[(start + number) % 7], whole[(start + number) % 7]) for number in range(7)]

    @property
    def week_start(self):
        """0 on Monday."""
        return int(self.lang.week_start) - 1

    def hour(self, moment):
        return format_time(self.env, moment.timetz().replace(tzinfo=None), time_format="short")

    def when(self, entry: Entry, shown=None):
        """“8:30 PM – 11:00 PM”; over several days “Fri, Nov 27, 8:30 PM – Sun, Nov 29, 6:00 PM”; and elsewhere, its zone.

        :param shown: the day under which it stands: that it begins then goes without saying; of what began before, its
            end is enough
        """
        start, end = self.hour(entry.start), self.hour(entry.end)
        zone = f" ({entry.zone.replace('_', ' ')})" if entry.zone != self.zone else ""
        if shown and shown > entry.first:
            return self.env._("until %s", f"{self.short(entry.end.date())}, {end}{zone}")
        if entry.first != entry.last:
            end = f"{self.short(entry.end.date())}, {end}"
        if shown != entry.first:
            start = f"{self.short(entry.first)}, {start}"
        return f"{start} – {end}{zone}"

    @staticmethod
    def _capital(words):
        return words[:1].upper() + words[1:]
