from datetime import date, datetime, timedelta

from freezegun import freeze_time
from werkzeug.datastructures import MultiDict

from odoo import Command

from ..agenda import Filters, Month
from .common import AgendaCase

# A Wednesday.
NOW = "2027-03-10 09:00:00"


class TestFilters(AgendaCase):
    def names(self, query=""):
        """Names of the events in the list, in their order."""
        feed = self.get(f"/agenda.ics{query}").text.replace("\r\n ", "")
        return [line.partition(":")[2] for line in feed.splitlines() if line.startswith("SUMMARY:")]

    def ask(self, **asked):
        filters = Filters.parse(MultiDict(asked))
        return [entry.name for entry in self.website._tibillet_agenda(filters)]

    def test_by_tag_place_and_words(self):
        self.assertEqual(sorted(self.names()), ["Ball", "Concert"])
        self.assertEqual(self.names(f"?tag={self.music.id}"), ["Concert"])
        self.assertEqual(sorted(self.names(f"?tag={self.music.id}&tag={self.film.id}")), ["Ball", "Concert"])
        self.assertEqual(self.names("?place=test-barn"), ["Ball"])
        self.assertEqual(self.names("?place=test-mill"), [])
        self.concert.address_id = self.bar.company_id.partner_id
        self.assertEqual(self.names("?search=conc+testville"), ["Concert"])
        self.assertEqual(self.names("?search=barn"), ["Ball"])
        self.assertEqual(self.names("?search=conc+barn"), [])
        self.assertEqual(self.names("?search=%25"), [])

    def test_categories_narrow(self):
        other = self.env["event.tag.category"].create({"name": "Age", "is_published": True})
        child = self.make_tag("Children", other)
        self.assertEqual(self.names(f"?tag={self.music.id}&tag={child.id}"), [])
        self.concert.tag_ids = [Command.link(child.id)]
        self.assertEqual(self.names(f"?tag={self.music.id}&tag={child.id}"), ["Concert"])

    def test_every_view_and_channel_filters(self):
        for path in ("/agenda", "/agenda?view=month", "/agenda?view=places", "/agenda/embed", "/agenda.rss"):
            page = self.get(f"{path}{'&' if '?' in path else '?'}place=test-barn").text
            self.assertIn("Ball", page, path)
            self.assertNotIn(">Concert<", page.replace(" ", "").replace("\n", ""), path)

    def test_nonsense_is_passed_over(self):
        for query in (
            "?tag=x&when=never&page=-3&view=map&month=2027-99",
            "?page=99999999999&day=0001-01-01",
            "?view=month&month=9999-12",
            "?view=month&month=0001-01",
            "?search=%00%27%3B",
            "?when=9998-12-31&page=4",
        ):
            for path in ("/agenda", "/agenda/embed", "/agenda.ics", "/agenda.rss"):
                self.get(f"{path}{query}")
        self.assertEqual(sorted(self.names("?tag=x&when=never&page=-3&view=map")), ["Ball", "Concert"])

    def test_what_is_asked_is_written_as_it_was_read(self):
        asked = MultiDict(
            [("view", "month"), ("tag", "3"), ("tag", "5"), ("place", "a-b"), ("search", "é & b"), ("month", "2027-03")]
        )
        filters = Filters.parse(asked)
        self.assertEqual(filters.query(), "?view=month&tag=3&tag=5&place=a-b&search=%C3%A9+%26+b&month=2027-03")
        self.assertEqual(Filters().query(), "")

    def test_spans(self):
        wednesday = date(2027, 3, 10)
        spans = {
            "today": (wednesday, wednesday),
            "week": (wednesday, date(2027, 3, 14)),
            "month": (wednesday, date(2027, 3, 31)),
            "2027-02-28": (date(2027, 2, 28),) * 2,
        }
        for when, span in spans.items():
            self.assertEqual(Filters.parse(MultiDict({"when": when})).span(wednesday), span)

    def test_dates(self):
        with freeze_time(NOW):
            (self.concert | self.elsewhere).is_published = False
            self.announce(self.bar, "Tonight", date_begin="2027-03-10 20:00:00", date_end="2027-03-11 02:00:00")
            self.announce(self.bar, "Sunday", date_begin="2027-03-14 15:00:00", date_end="2027-03-14 17:00:00")
            self.announce(self.bar, "April", date_begin="2027-04-02 15:00:00", date_end="2027-04-02 17:00:00")
            self.announce(self.bar, "Show", date_begin="2027-03-01 09:00:00", date_end="2027-03-20 17:00:00")
            # 23:30 in Paris, still the 9th's evening in New York: each by its own clock.
            self.announce(
                self.bar,
                "Far",
                date_tz="America/New_York",
                date_begin="2027-03-12 03:00:00",
                date_end="2027-03-12 05:00:00",
            )
            self.assertEqual(self.ask(when="today"), ["Show", "Tonight"])
            self.assertEqual(self.ask(when="week"), ["Show", "Tonight", "Far", "Sunday"])
            self.assertEqual(self.ask(when="2027-03-11"), ["Show", "Far"])
            self.assertEqual(self.ask(day="2027-04-02", when="today"), ["April"])
            self.assertEqual(self.ask(), ["Show", "Tonight", "Far", "Sunday", "April"])

    def test_slots(self):
        with freeze_time(NOW):
            workshop = self.announce(self.bar, "Workshop", days=-2)
            self.make_slots(workshop, 1, 3, 10)
            entries = [entry for entry in self.website._tibillet_agenda() if entry.name == "Workshop"]
            self.assertEqual([entry.first for entry in entries], [date(2027, 3, 11), date(2027, 3, 18)])
            self.assertEqual(entries[0].start.hour, 14)

    def test_months(self):
        weeks = Month(date(2027, 2, 1)).weeks([])
        self.assertEqual((len(weeks), weeks[0][0][0], weeks[-1][-1][0]), (4, date(2027, 2, 1), date(2027, 2, 28)))
        self.assertEqual([day for day, _entries in Month(date(2027, 5, 1), 6).weeks([])[0]][-1], date(2027, 5, 1))
        self.assertEqual(Month(date(2026, 12, 1)).after, date(2027, 1, 1))
        month = datetime.now() + timedelta(days=62)
        self.announce(self.bar, "Later on", days=62)
        page = self.get(f"/agenda?view=month&month={month:%Y-%m}").text
        self.assertIn("Later on", page)
        self.assertNotIn("Concert", page.partition("tibillet-month-nav")[2].partition("tibillet-follow")[0])

    def test_pages(self):
        for number in range(55):
            self.announce(self.bar, f"Night {number:02}", days=number + 1)
        first, second = self.get("/agenda").text, self.get("/agenda?page=2").text
        self.assertIn("Night 10", first)
        self.assertNotIn("Night 54", first)
        self.assertIn('rel="next"', first)
        self.assertIn("Night 54", second)
        self.assertNotIn('rel="next"', second)
