import random
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import SeatsGone
from .common import TicketCase


@tagged("post_install", "-at_install")
class TestSeats(TicketCase):
    def refused(self):
        return self.assertRaises(SeatsGone)

    def attempt(self, act):
        """What `act` gives, or None when the seats were gone; what it did then is taken back."""
        try:
            with self.env.cr.savepoint():
                return act()
        except SeatsGone:
            return None

    def test_the_last_seat_is_sold_once(self):
        self.limit(2)
        self.book()
        self.book(self.reduced)
        self.assertEqual(self.concert._seats_left(), 0)
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.book()
        self.assertCountsTrue()

    def test_a_price_has_its_own_size(self):
        self.reduced.seats_max = 1
        self.book(self.reduced)
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.book(self.reduced)
        self.assertTrue(self.book())
        self.assertTrue(self.reduced.is_sold_out)
        self.assertFalse(self.full.is_sold_out)

    def test_prices_share_places(self):
        self.book(self.reduced)
        quota = self.env["tibillet.quota"].create(
            {
                "name": "Stalls",
                "event_id": self.concert.id,
                "seats": 3,
                "ticket_ids": [Command.set((self.full | self.reduced).ids)],
            }
        )
        self.assertEqual((quota.used, quota.left), (1, 2), "who bought before counts")
        self.book()
        self.book(self.reduced)
        self.assertTrue(self.full.is_sold_out)
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.book()
        quota.ticket_ids = self.full
        self.assertEqual(quota.used, 1)
        self.assertTrue(self.book())
        quota.unlink()
        self.assertCountsTrue()

    def test_a_count_that_is_forgotten_is_found_again(self):
        self.limit(5)
        quota = self.env["tibillet.quota"].create(
            {"name": "Stalls", "event_id": self.concert.id, "seats": 5, "ticket_ids": [Command.set(self.full.ids)]}
        )
        self.book()
        self.env.flush_all()
        self.cr.execute("DELETE FROM tibillet_seat_count")
        self.assertEqual((self.concert._seats_left(), quota.used), (4, 1))
        values = {"event_id": self.concert.id, "event_ticket_id": self.full.id, "name": "Together"}
        self.env["event.registration"].create([values] * 3)
        self.assertCountsTrue()
        self.assertEqual(self.concert._seats_left(), 1, "three in one statement are three")
        self.cr.execute("DELETE FROM tibillet_seat_count")
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.env["event.registration"].create([values] * 2)
        self.assertEqual(len(self.concert.registration_ids), 4)

    def test_a_quota_is_of_one_event(self):
        with self.assertRaises(ValidationError):
            self.env["tibillet.quota"].create(
                {
                    "name": "Mixed",
                    "event_id": self.elsewhere.id,
                    "seats": 3,
                    "ticket_ids": [Command.set(self.full.ids)],
                }
            )

    def test_a_slot_has_its_own_seats(self):
        now = fields.Datetime.now()
        event = self.make_event(
            self.bar,
            "Visits",
            date_begin=now + timedelta(days=1),
            date_end=now + timedelta(days=3),
            date_tz="UTC",
            is_multi_slots=True,
            seats_limited=True,
            seats_max=1,
            event_slot_ids=[
                Command.create({"date": (now + timedelta(days=2)).date(), "start_hour": hour, "end_hour": hour + 1})
                for hour in (10, 11)
            ],
        )
        ticket = event.event_ticket_ids[0]
        first, second = event.event_slot_ids
        self.book(ticket, event_slot_id=first.id)
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.book(ticket, event_slot_id=first.id)
        self.assertEqual((event._seats_left(first, ticket), event._seats_left(second, ticket)), (0, 1))
        booked = self.book(ticket, event_slot_id=second.id)
        booked.action_cancel()
        self.assertEqual(event._seats_left(second, ticket), 1)
        self.assertCountsTrue()

    def test_every_way_back_gives_the_seat_back(self):
        self.limit(1)
        for leave in (
            lambda booked: booked.action_cancel(),
            lambda booked: booked.action_set_draft(),
            lambda booked: booked.write({"active": False}),
            lambda booked: booked.unlink(),
        ):
            leave(self.book())
            self.env.flush_all()
            self.assertEqual(self.concert._seats_left(), 1)
        self.assertCountsTrue()

    def test_come_back_to_a_full_room(self):
        self.limit(1)
        gone = self.book()
        gone.action_cancel()
        self.book()
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            gone.action_confirm()
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            gone.action_set_done()

    def test_held_while_paying(self):
        self.limit(3)
        until = self.hold(2)
        minutes = (until - fields.Datetime.now()).total_seconds() / 60
        self.assertAlmostEqual(minutes, 15, delta=0.2)
        self.assertEqual((self.concert._seats_left(), self.concert.seats_available), (1, 1))
        with mute_logger("odoo.sql_db"), self.refused():
            self.hold(2, "order:2")
        self.hold(1, "order:2")
        for _seat in range(2):
            self.book(tibillet_seat_key="order:1")
        with mute_logger("odoo.sql_db"), self.refused(), self.env.cr.savepoint():
            self.book(tibillet_seat_key="order:1")
        self.book(tibillet_seat_key="order:2")
        self.assertEqual(self.concert._seats_left(), 0)
        self.assertCountsTrue()

    def test_asked_again_it_replaces_what_was_held(self):
        self.limit(3)
        for seats in (2, 3, 1, 1):
            self.hold(seats)
            self.assertEqual(self.concert._seats_left(), 3 - seats)
        self.assertEqual(self.env["tibillet.seat.hold"]._release("order:1"), 1)
        self.assertEqual(self.env["tibillet.seat.hold"]._release("order:1"), 0)
        self.assertEqual(self.concert._seats_left(), 3)

    def test_several_events_are_held_or_none(self):
        self.limit(1, self.elsewhere)
        ball = self.elsewhere.event_ticket_ids[0]
        wanted = {(self.concert.id, None, self.full.id): 1, (self.elsewhere.id, None, ball.id): 2}
        holds = self.env["tibillet.seat.hold"]
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(SeatsGone, "Only one place"):
            holds._hold("order:1", wanted)
        self.assertFalse(holds._held("order:1"))
        self.assertCountsTrue()

    def test_time_over(self):
        self.limit(2)
        self.hold(2)
        self.cr.execute("UPDATE tibillet_seat_hold SET expires_at = expires_at - interval '16 minutes'")
        self.hold(1, "order:2")
        self.assertEqual(self.concert._seats_left(), 1, "a sold-out quota looks for what is over")
        self.assertTrue(self.attempt(lambda: self.book(tibillet_seat_key="order:1")), "late, but one is left")
        with mute_logger("odoo.sql_db"):
            self.assertFalse(self.attempt(lambda: self.book(tibillet_seat_key="order:1")))
        self.assertEqual(self.env["tibillet.seat.hold"]._cron_expire(), 0)
        self.assertCountsTrue()

    def test_a_random_evening(self):
        """Any order of booking, holding, paying, leaving and time: never above the size, and counted as it is."""
        for seed in range(25):
            with self.subTest(seed=seed), mute_logger("odoo.sql_db"):
                self.evening(random.Random(seed))

    def evening(self, dice):
        size = dice.randint(1, 5)
        event = self.make_event(self.bar, "Evening", seats_limited=True, seats_max=size)
        first, second = event.event_ticket_ids
        first.seats_max = dice.choice((0, 1, 2))
        booked = self.env["event.registration"]
        for step in range(30):
            ticket, key = dice.choice((first, second)), f"o:{dice.randint(1, 3)}"
            act = dice.choice(("book", "hold", "pay", "leave", "return", "release", "over", "size"))
            if act == "book":
                booked |= self.attempt(lambda t=ticket: self.book(t)) or booked
            elif act == "hold":
                self.attempt(lambda t=ticket, k=key: self.hold(dice.randint(1, 3), k, t))
            elif act == "pay":
                booked |= self.attempt(lambda t=ticket, k=key: self.book(t, tibillet_seat_key=k)) or booked
            elif act == "leave" and booked:
                dice.choice(booked).action_cancel()
            elif act == "return" and booked:
                one = dice.choice(booked)
                self.attempt(one.action_confirm)
            elif act == "release":
                self.env["tibillet.seat.hold"]._release(key)
            elif act == "over":
                self.cr.execute("UPDATE tibillet_seat_hold SET expires_at = expires_at - interval '6 minutes'")
                self.env["tibillet.seat.hold"]._cron_expire()
            elif act == "size" and step % 5 == 0:
                size += 1
                event.seats_max = size
            self.assertCountsTrue()
            standing = booked.filtered(lambda one: one.state in ("open", "done"))
            self.assertLessEqual(len(standing), size)
            if first.seats_max:
                self.assertLessEqual(len(standing.filtered(lambda o: o.event_ticket_id == first)), first.seats_max)

    def test_who_may_share_places(self):
        values = {"name": "Stalls", "event_id": self.concert.id, "seats": 3}
        self.assertTrue(self.env["tibillet.quota"].with_user(self.manager).create(values))
        for user in (self.cashier, self.accountant, self.barn_manager):
            with self.assertRaises(AccessError):
                self.env["tibillet.quota"].with_user(user).create(values)
