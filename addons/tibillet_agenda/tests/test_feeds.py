from datetime import UTC, datetime, timedelta

import feedparser
from icalendar import Calendar

from odoo import Command

from .common import AWKWARD, AgendaCase


class TestFeeds(AgendaCase):
    """Others' libraries read what we write."""

    def calendar(self, path="/agenda.ics"):
        response = self.get(path)
        return Calendar.from_ical(response.content)

    def lines(self, path="/agenda.ics"):
        return {str(line["SUMMARY"]): line for line in self.calendar(path).walk("VEVENT")}

    def items(self, query=""):
        feed = feedparser.parse(self.get(f"/agenda.rss{query}").content)
        self.assertFalse(feed.bozo, feed.get("bozo_exception"))
        return feed

    def awkward(self):
        self.concert.write(
            {
                "name": AWKWARD,
                "subtitle": "One\nTwo; three, four \x0b",
                "description": "<p>A <b>soft</b> night</p><p>&lt;script&gt; &amp; co</p>",
            }
        )
        self.bar.company_id.partner_id.write({"partner_latitude": 43.61, "partner_longitude": -3.5})

    def test_a_calendar_is_whole(self):
        self.awkward()
        self.concert.address_id = self.bar.company_id.partner_id
        calendar = self.calendar()
        self.assertEqual((str(calendar["VERSION"]), str(calendar["X-WR-CALNAME"])), ("2.0", "Agenda of Test site"))
        line = self.lines()[AWKWARD]
        self.assertEqual(line["DTSTART"].dt, self.concert.date_begin.replace(tzinfo=UTC))
        self.assertEqual(line["DTEND"].dt, self.concert.date_end.replace(tzinfo=UTC))
        self.assertEqual(str(line["LOCATION"]), "Test Bar, 3 ruelle du Fond, Testville")
        self.assertEqual((line["GEO"].latitude, line["GEO"].longitude), (43.61, -3.5))
        self.assertEqual(str(line["URL"]), self.concert.website_absolute_url)
        self.assertEqual((str(line["STATUS"]), line["CATEGORIES"].cats), ("CONFIRMED", ["Music, live"]))
        self.assertTrue(str(line["DESCRIPTION"]).startswith("One\nTwo; three, four \n\nA soft night"))
        self.assertIn("<script> & co", str(line["DESCRIPTION"]))
        self.assertFalse([each for each in calendar.walk() if each.errors])

    def test_lines_are_as_short_as_the_format_wants(self):
        self.concert.name = "é🎉" * 100
        content = self.get("/agenda.ics").content
        self.assertLessEqual(max(len(line) for line in content.split(b"\r\n")), 75)
        self.assertNotIn(b"\n", content.replace(b"\r\n", b""))
        self.assertIn("é🎉" * 100, self.lines())

    def test_a_number_stays_and_a_change_counts(self):
        before = self.lines()["Concert"]
        self.env.cr.execute("UPDATE event_event SET write_date = write_date + interval '1 minute'")
        self.env.invalidate_all()
        self.concert.flush_recordset()
        after = self.lines()["Concert"]
        self.assertEqual(before["UID"], after["UID"])
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertGreater(after["LAST-MODIFIED"].dt, before["LAST-MODIFIED"].dt)

    def test_cancelled(self):
        self.concert.kanban_state = "cancel"
        self.assertEqual(str(self.lines()["Concert"]["STATUS"]), "CANCELLED")
        [entry] = [entry for entry in self.items().entries if entry.title == "Concert"]
        self.assertIn("Cancelled", entry.description)
        self.assertIn("Cancelled", self.get("/agenda").text)

    def test_zones_and_slots(self):
        workshop = self.announce(self.barn, "Workshop", date_tz="America/New_York")
        slots = self.make_slots(workshop, 1, 2)
        lines = [line for line in self.calendar().walk("VEVENT") if line["SUMMARY"] == "Workshop"]
        self.assertEqual(
            [(line["DTSTART"].dt, line["DTEND"].dt) for line in lines],
            [(slot.start_datetime.replace(tzinfo=UTC), slot.end_datetime.replace(tzinfo=UTC)) for slot in slots],
        )
        self.assertEqual(len({str(line["UID"]) for line in lines}), 2)
        self.assertEqual(len([entry for entry in self.items().entries if entry.title == "Workshop"]), 1)
        self.assertIn("(America/New York)", self.get("/agenda").text)

    def test_an_event_alone(self):
        """The button of its own page gives the number that the agenda gives."""
        workshop = self.announce(self.bar, "Workshop")
        first, second = self.make_slots(workshop, 1, 2)
        numbers = {str(line["UID"]) for line in self.calendar().walk("VEVENT") if line["SUMMARY"] == "Workshop"}
        alone = self.calendar(f"/event/{workshop.id}/ics").walk("VEVENT")
        self.assertEqual({str(line["UID"]) for line in alone}, numbers)
        [line] = self.calendar(f"/event/{workshop.id}/ics?slot_id={second.id}").walk("VEVENT")
        self.assertEqual(line["DTSTART"].dt, second.start_datetime.replace(tzinfo=UTC))
        [line] = self.calendar(f"/event/{self.concert.id}/ics?slot_id={first.id}").walk("VEVENT")
        self.assertEqual(line["DTSTART"].dt, self.concert.date_begin.replace(tzinfo=UTC))

    def test_a_feed_is_whole(self):
        self.awkward()
        self.concert.tag_ids = [Command.link(self.film.id)]
        feed = self.items("?place=test-bar")
        self.assertEqual((feed.version, feed.feed.title, feed.feed.language), ("rss20", "Agenda of Test site", "en-US"))
        self.assertTrue(feed.feed.link.endswith("/agenda?place=test-bar"))
        [own] = [link.href for link in feed.feed.links if link.rel == "self"]
        self.assertTrue(own.endswith("/agenda.rss?place=test-bar"))
        [entry] = feed.entries
        self.assertEqual(entry.link, self.concert.website_absolute_url)
        self.assertEqual((entry.guidislink, sorted(tag.term for tag in entry.tags)), (False, ["Film", "Music, live"]))
        self.assertEqual(datetime(*entry.published_parsed[:6]), self.concert.create_date.replace(microsecond=0))
        self.assertIn("A soft night", entry.description)
        self.assertNotIn("<script>", entry.description)
        guid = entry.guid
        self.concert.write({"name": "Another name", "date_end": self.concert.date_end + timedelta(hours=1)})
        self.assertEqual([entry.guid for entry in self.items("?place=test-bar").entries], [guid])
