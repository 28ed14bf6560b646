from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .dates import DatesCase


class TestSeries(DatesCase):
    def test_each_date_is_an_event(self):
        self.yoga.write({"seats_limited": True, "seats_max": 20, "description": "<p>Bring a mat</p>"})
        self.full.end_sale_datetime = self.yoga.date_begin
        question = self.env["event.question"].create({"title": "Which level?", "question_type": "text_box"})
        self.yoga.question_ids = question
        self.env["tibillet.door"].create({"name": "Front", "event_id": self.yoga.id})
        series = self.repeat()
        events = series._all_events()
        self.assertEqual(self.dates(series), [self.week(number) for number in range(6)])
        self.assertEqual({wall.hour for wall in self.walls(events)}, {19}, "summer time changes no hour")
        self.assertEqual(len({event.date_begin.hour for event in events}), 2)
        self.assertEqual(len(events.event_ticket_ids), 12)
        self.assertEqual(set(events.mapped("name")), {"Yoga"})
        self.assertEqual(events.mapped("question_ids"), question)
        last = self.at(series, 5)
        self.assertEqual((last.seats_max, last.tibillet_place_id), (20, self.bar))
        self.assertIn("Bring a mat", last.description)
        self.assertEqual(last.event_ticket_ids[0].end_sale_datetime, last.date_begin)
        self.assertEqual(last.tibillet_quota_ids.ticket_ids, last.event_ticket_ids)
        self.assertEqual(last.tibillet_quota_ids.seats, 12)
        self.assertFalse(last.tibillet_door_ids)
        self.limit(1, last)
        self.book(last.event_ticket_ids[0])
        self.assertFalse(last._seats_left())
        self.assertTrue(self.yoga._seats_left(), "each date has its own seats")

    def test_publication_is_the_first_one_s(self):
        if "is_published" not in self.yoga._fields:
            return
        self.yoga.is_published = True
        self.assertEqual(set(self.repeat()._all_events().mapped("is_published")), {True})
        ball = self.make_dated("Ball", self.tuesday, 20)
        self.assertEqual(set(self.repeat(ball)._all_events().mapped("is_published")), {False})

    def test_slots_move_with_their_date(self):
        hours = [{"date": self.tuesday, "start_hour": hour, "end_hour": hour + 1} for hour in (19, 20)]
        slots = [Command.create(vals) for vals in hours]
        visits = self.make_dated("Visits", self.tuesday, 18, is_multi_slots=True, event_slot_ids=slots)
        series = self.repeat(visits)
        for number in range(6):
            event = self.at(series, number)
            self.assertEqual(event.event_slot_ids.mapped("date"), [self.week(number)] * 2)
            self.assertEqual(event.event_slot_ids.mapped("start_hour"), [19, 20])

    def test_exceptions(self):
        lines = [
            Command.create({"date": self.week(1), "kind": "out"}),
            Command.create({"date": self.week(1) + timedelta(days=2), "kind": "more"}),
        ]
        series = self.repeat(line_ids=lines)
        thursday = self.week(1) + timedelta(days=2)
        self.assertEqual(self.dates(series), [self.week(0), thursday, *(self.week(number) for number in (2, 3, 4, 5))])
        series.line_ids.filtered(lambda line: line.kind == "out").kind = "more"
        series.write({"line_ids": [Command.clear()]})
        self.assertEqual(self.dates(series), [self.week(number) for number in range(6)])

    def test_the_first_date_takes_place_whatever_the_rule_says(self):
        series = self.repeat(thu=True, count=2)
        self.assertEqual(self.dates(series), [self.tuesday, *(self.tuesday + timedelta(days=days) for days in (2, 9))])
        self.assertEqual(series.line_ids.kind, "more")

    def test_made_twice_it_is_there_once(self):
        series = self.repeat()
        before = series._all_events()
        series._follow_rule()
        series.write({"count": 6})
        self.assertEqual(series._all_events(), before)
        with self.assertRaisesRegex(ValidationError, "repeated already"):
            self.repeat()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.at(series, 2).tibillet_recurrence_date = self.week(3)
            self.env.flush_all()

    def test_a_changed_rule_keeps_those_with_attendees(self):
        series = self.repeat()
        booked = self.at(series, 2)
        self.book(booked.event_ticket_ids[0])
        left = self.book(self.at(series, 3).event_ticket_ids[0])
        left.action_cancel()
        series.write({"tue": False, "thu": True})
        thursdays = [self.week(number) + timedelta(days=2) for number in range(6)]
        self.assertEqual(self.dates(series), sorted([*thursdays, self.week(2), self.week(3)]))
        self.assertIn(booked.name, series.kept_names)
        self.assertEqual(series.kept_names.count("Yoga"), 2)
        self.assertFalse(self.yoga.exists())
        self.assertEqual(
            series.model_event_id.tibillet_recurrence_date, thursdays[0], "the first that is left is copied"
        )
        self.assertIn("fa-user", series.preview)
        series.count = 3
        self.assertEqual(self.dates(series), sorted([*thursdays[:3], self.week(2), self.week(3)]))

    def test_who_is_paying_keeps_the_date(self):
        series = self.repeat()
        paying = self.at(series, 5)
        self.hold(1, ticket=paying.event_ticket_ids[0])
        series.count = 3
        self.assertEqual(self.dates(series), [self.week(number) for number in (0, 1, 2, 5)])

    def test_what_has_begun_is_history(self):
        series = self.repeat()
        with freeze_time(fields.Datetime.add(self.at(series, 2).date_begin, hours=1)):
            series.write({"tue": False, "thu": True})
            self.assertEqual(
                self.dates(series)[:4], [self.week(0), self.week(1), self.week(2), self.week(2) + timedelta(days=2)]
            )
            self.assertEqual(len(self.dates(series)), 3 + 4)

    def test_a_rule_that_leaves_nothing_is_refused(self):
        series = self.repeat()
        with self.assertRaisesRegex(ValidationError, "no date"):
            series.write({"end_type": "until", "until": self.tuesday - timedelta(days=1)})

    def test_a_date_is_left_out(self):
        series = self.repeat()
        self.at(series, 1).action_leave_out()
        self.assertNotIn(self.week(1), self.dates(series))
        self.assertEqual(series.line_ids.mapped("date"), [self.week(1)])
        self.at(series, 1).unlink()
        series.count = 7
        self.assertEqual(self.dates(series), [self.week(number) for number in (0, 3, 4, 5, 6)])
        booked = self.at(series, 2)
        self.book(booked.event_ticket_ids[0])
        with self.assertRaisesRegex(UserError, "registered"):
            booked.action_leave_out()
        with self.assertRaisesRegex(UserError, "Not a date of a series"):
            self.concert.action_leave_out()

    def test_the_series_ends_here(self):
        series = self.repeat()
        last = self.at(series, 5)
        self.book(last.event_ticket_ids[0])
        self.at(series, 3).action_end_series()
        self.assertEqual(self.dates(series), [self.week(number) for number in (0, 1, 2, 5)])
        self.assertIn(last, series._plan()[2])

    def test_archived_is_not_made_again(self):
        series = self.repeat()
        self.at(series, 1).active = False
        series.count = 7
        self.assertEqual(len(self.dates(series)), 7)

    def test_the_last_event_takes_the_series_along(self):
        series = self.repeat(count=2)
        series._all_events().unlink()
        self.assertFalse(series.exists())

    def test_the_first_goes_and_the_second_is_copied(self):
        series = self.repeat()
        second = self.at(series, 1)
        self.yoga.unlink()
        self.assertEqual(series.model_event_id, second)
        series.count = 8
        self.assertEqual(len(self.dates(series)), 7)

    def test_events_outlive_their_series(self):
        series = self.repeat()
        events = series._all_events()
        series.unlink()
        self.assertEqual(len(events.exists()), 6)
        self.assertFalse(events.tibillet_recurrence_id)

    def test_a_moved_date_keeps_its_place_in_the_series(self):
        series = self.repeat()
        moved = self.at(series, 1)
        moved.write({name: fields.Datetime.add(moved[name], days=1) for name in ("date_begin", "date_end")})
        series.count = 7
        self.assertEqual(self.dates(series), [self.week(number) for number in range(7)])
        self.assertEqual(moved.tibillet_recurrence_date, self.week(1))

    def test_the_form(self):
        action = self.yoga.action_repeat()
        with Form(self.env[action["res_model"]].with_context(**action["context"])) as form:
            self.assertIn("Every week on Tuesday", form.summary)
            self.assertEqual(form.preview.count("fa-plus"), 9)
            form.count = 400
            self.assertIn("more than 366", form.preview)
            form.count = 3
        form.record.action_repeat()
        series = self.yoga.tibillet_recurrence_id
        self.assertTrue(series.tue)
        self.assertEqual(len(self.dates(series)), 3)
        self.assertEqual(self.yoga.tibillet_series_count, 3)
        form.record.action_repeat()
        self.assertEqual(self.yoga.tibillet_recurrence_id, series, "pressed twice it is repeated once")
        self.assertEqual(len(self.dates(series)), 3)
        form.record.count = 4
        with self.assertRaisesRegex(ValidationError, "repeated already"):
            form.record.action_repeat()
        self.assertEqual(self.yoga.action_repeat()["res_id"], series.id)
        with Form(series) as form:
            form.count = 5
            self.assertEqual((form.preview.count("fa-plus"), form.preview.count("fa-calendar")), (2, 3))
            with form.line_ids.new() as line:
                line.date = self.week(1)
            self.assertEqual(form.preview.count("fa-minus"), 1)
        self.assertEqual(self.dates(series), [self.week(number) for number in (0, 2, 3, 4)])

    def test_who_may_repeat(self):
        series = self.env["tibillet.event.recurrence"]
        values = {"model_event_id": self.yoga.id, "count": 3}
        for user in (self.cashier, self.accountant, self.barn_manager):
            with self.assertRaises(AccessError):
                series.with_user(user).create(values)
        organiser = self.env["res.users"].create(
            {
                "name": "Organiser",
                "login": "t_organiser",
                "company_id": self.bar.company_id.id,
                "company_ids": [Command.set(self.bar.company_id.ids)],
                "group_ids": [Command.set(self.env.ref("event.group_event_user").ids)],
            }
        )
        mine = series.with_user(organiser).create(values)
        mine.write({"count": 2})
        self.assertEqual(len(mine._all_events()), 2, "who keeps a series removes what nobody booked")
        self.at(mine, 1).with_user(organiser).action_leave_out()
        self.assertEqual(len(mine._all_events()), 1)
        with self.assertRaises(AccessError):
            self.yoga.with_user(organiser).unlink()
        for act in ("action_leave_out", "action_end_series"):
            with self.assertRaises(AccessError):
                getattr(self.yoga.with_user(self.cashier), act)()
        with self.assertRaises(AccessError):
            mine.with_user(self.barn_manager).write({"count": 9})
        with self.assertRaises(AccessError):
            mine.with_user(self.cashier).write({"count": 9})
