from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form

from .dates import DatesCase


class TestFollow(DatesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.series = cls.repeat()

    def follow(self, event):
        return self.env["tibillet.event.follow"].create({"event_id": event.id})

    def later(self, event, hours):
        event.write({name: fields.Datetime.add(event[name], hours=hours) for name in ("date_begin", "date_end")})

    def test_one_date_is_changed_alone(self):
        third = self.at(self.series, 2)
        third.name = "Yoga by candlelight"
        self.assertEqual(self.series.event_ids.mapped("name").count("Yoga"), 5)
        wizard = self.follow(third)
        self.assertEqual(
            (wizard.texts, wizard.hours, wizard.prices, wizard.details, wizard.publication),
            (True, False, False, False, False),
            "what differs is ticked",
        )
        self.assertEqual(wizard.following_count, 3)

    def test_this_and_those_that_follow(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        third = self.at(self.series, 2)
        third.with_context(lang="fr_FR").name = "Yoga doux"
        third.with_context(lang="en_US").name = "Gentle yoga"
        third.tibillet_kind = "meeting"
        self.later(third, -1)
        wizard = self.follow(third)
        self.assertTrue(wizard.texts and wizard.hours and wizard.details)
        wizard.action_apply()
        events = [self.at(self.series, number) for number in range(6)]
        self.assertEqual([event.name for event in events], ["Yoga"] * 2 + ["Gentle yoga"] * 4)
        self.assertEqual(events[5].with_context(lang="fr_FR").name, "Yoga doux")
        self.assertEqual([wall.hour for wall in self.walls(self.series.event_ids)], [19, 19, 18, 18, 18, 18])
        self.assertEqual([event.tibillet_kind for event in events], [False] * 2 + ["meeting"] * 4)
        self.series.count = 7
        new = self.at(self.series, 6)
        self.assertEqual((new.name, self.walls(new)[0].hour), ("Gentle yoga", 18), "new dates follow the change")

    def test_those_with_attendees_keep_their_hours(self):
        booked = self.at(self.series, 4)
        anna = self.book(booked.event_ticket_ids[0])
        begins = booked.date_begin
        third = self.at(self.series, 2)
        self.later(third, 2)
        third.name = "Late yoga"
        wizard = self.follow(third)
        self.assertIn("Yoga", wizard.booked)
        self.assertEqual(wizard.booked.count("("), 1)
        wizard.action_apply()
        self.assertEqual((booked.date_begin, booked.name), (begins, "Late yoga"))
        self.assertEqual(anna.event_id, booked)
        self.assertEqual(self.walls(self.at(self.series, 5))[0].hour, 21)

    def test_prices_follow(self):
        third, booked = self.at(self.series, 2), self.at(self.series, 4)
        bens = self.book(booked.event_ticket_ids.filtered(lambda ticket: ticket.name == "Reduced"))
        full, reduced = third.event_ticket_ids
        full.write({"name": "Standard", "seats_max": 9, "end_sale_datetime": third.date_begin - timedelta(hours=2)})
        reduced.unlink()
        third.write({"event_ticket_ids": [Command.create({"name": "Helpers", "seats_max": 2})]})
        third.tibillet_quota_ids.write({"seats": 8, "ticket_ids": [Command.set(third.event_ticket_ids.ids)]})
        wizard = self.follow(third)
        self.assertTrue(wizard.prices)
        wizard.action_apply()
        last = self.at(self.series, 5)
        self.assertEqual(set(last.event_ticket_ids.mapped("name")), {"Standard", "Helpers"})
        standard = last.event_ticket_ids.filtered(lambda ticket: ticket.name == "Standard")
        self.assertEqual(standard.seats_max, 9)
        self.assertEqual(standard.end_sale_datetime, last.date_begin - timedelta(hours=2))
        self.assertEqual(last.tibillet_quota_ids.seats, 8)
        self.assertEqual(last.tibillet_quota_ids.ticket_ids, last.event_ticket_ids)
        self.assertEqual(set(booked.event_ticket_ids.mapped("name")), {"Standard", "Helpers", "Reduced"})
        self.assertEqual(bens.event_ticket_id.name, "Reduced", "who has a ticket keeps it")
        self.assertEqual(set(self.at(self.series, 1).event_ticket_ids.mapped("name")), {"Full", "Reduced"})
        self.assertFalse(self.follow(third).hours)
        self.assertCountsTrue()

    def test_the_wizard_s_form(self):
        third = self.at(self.series, 2)
        third.name = "Yoga for two"
        context = third.action_follow()["context"]
        with Form(self.env["tibillet.event.follow"].with_context(**context)) as form:
            self.assertEqual((form.texts, form.hours, form.following_count), (True, False, 3))
        form.record.action_apply()
        self.assertEqual(self.at(self.series, 5).name, "Yoga for two")

    def test_who_may(self):
        for user in (self.cashier, self.barn_manager):
            with self.assertRaises(AccessError):
                self.env["tibillet.event.follow"].with_user(user).create({"event_id": self.yoga.id}).action_apply()
