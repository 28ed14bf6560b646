from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .dates import DatesCase


class TestDuplicate(DatesCase):
    def duplicate(self, event=None, **vals):
        wizard = self.env["tibillet.event.duplicate"].create({"event_id": (event or self.yoga).id, **vals})
        action = wizard.action_duplicate()
        domain = action.get("domain") or [("id", "=", action["res_id"])]
        return self.env["event.event"].search(domain)

    def test_stock_s_duplicate_has_the_shared_places(self):
        self.quota.ticket_ids = self.reduced
        self.env["tibillet.door"].create({"name": "Front", "event_id": self.yoga.id})
        copy = self.yoga.copy()
        self.assertEqual(copy.tibillet_quota_ids.name, "Mats")
        self.assertEqual(copy.tibillet_quota_ids.ticket_ids.name, "Reduced")
        self.assertEqual(copy.tibillet_quota_ids.ticket_ids.event_id, copy)
        self.assertFalse(copy.tibillet_door_ids)
        self.assertEqual(self.yoga.tibillet_quota_ids, self.quota)
        other = self.yoga.copy({"event_ticket_ids": [Command.create({"name": "Only"})]})
        self.assertFalse(other.tibillet_quota_ids)

    def test_a_duplicate_is_in_no_series(self):
        series = self.repeat()
        copy = self.yoga.copy()
        self.assertFalse(copy.tibillet_recurrence_id)
        self.assertEqual(len(series._all_events()), 6)
        self.assertEqual(copy.tibillet_quota_ids.ticket_ids, copy.event_ticket_ids)

    def test_later(self):
        for when, days in (("day", 1), ("week", 7), ("fortnight", 14), ("month", 31)):
            copy = self.duplicate(when=when)
            self.assertEqual(copy.name, "Yoga")
            self.assertEqual(copy._tibillet_local_date(), self.tuesday + timedelta(days=days))
            self.assertEqual(self.walls(copy)[0].hour, 19)
            self.assertEqual(copy.tibillet_quota_ids.ticket_ids, copy.event_ticket_ids)
            self.assertFalse("is_published" in copy._fields and copy.is_published)

    def test_several_dates_at_once(self):
        dates = [self.week(3), self.week(1), self.week(9), self.week(1)]
        lines = [Command.create({"date": date}) for date in dates]
        copies = self.duplicate(when="dates", date_ids=lines)
        self.assertEqual(
            [wall.date() for wall in self.walls(copies)], [self.week(1), self.week(3), self.week(9)], "each once"
        )
        with self.assertRaisesRegex(UserError, "Choose a date"):
            self.duplicate(when="dates")

    def test_a_festival_with_its_concerts(self):
        festival = self.make_dated("Festival", self.tuesday, 12, hours=60, tibillet_kind="festival")
        for days, name in enumerate(("Opening", "Finale")):
            day = self.tuesday + timedelta(days=days)
            self.make_dated(name, day, 20, tibillet_parent_id=festival.id, tibillet_kind="concert")
        copy = self.duplicate(festival, when="month")
        self.assertEqual(copy.tibillet_child_count, 2)
        self.assertEqual(
            [event._tibillet_local_date() for event in copy.tibillet_child_ids.sorted("date_begin")],
            [self.tuesday + timedelta(days=31), self.tuesday + timedelta(days=32)],
        )
        self.assertFalse(self.duplicate(festival, when="week", parts=False).tibillet_child_ids)

    def test_the_form(self):
        with Form(self.env["tibillet.event.duplicate"].with_context(default_event_id=self.yoga.id)) as form:
            self.assertIn(f"{self.week(1).day}", form.summary)
            form.when = "dates"
            with form.date_ids.new() as line:
                line.date = self.week(2)
        self.assertEqual(form.record._dates(), [self.week(2)])

    def test_who_may(self):
        for user in (self.cashier, self.barn_manager):
            with self.assertRaises(AccessError):
                wizard = self.env["tibillet.event.duplicate"].with_user(user).create({"event_id": self.yoga.id})
                wizard.action_duplicate()
