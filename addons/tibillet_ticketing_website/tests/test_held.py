from datetime import timedelta

from odoo import fields
from odoo.tools import mute_logger

from odoo.addons.tibillet_ticketing.exceptions import SeatsGone

from .common import WebTicketCase


class TestHeld(WebTicketCase):
    """Seats are held from the choice to the payment."""

    def test_a_choice_holds_and_others_see_it(self):
        self.limit(3)
        page = self.choose(self.concert, {self.full: 2})
        self.assertIn("kept for you for 15 minutes", page)
        self.assertEqual(self.held_seats(), 2)
        self.as_somebody_else()
        with mute_logger("odoo.sql_db"):
            self.assertIn("Only one place is left", self.choose(self.concert, {self.full: 2}))
        self.assertEqual(self.held_seats(), 2)

    def test_chosen_again_replaces_the_first_choice(self):
        self.limit(3)
        self.choose(self.concert, {self.full: 2})
        self.assertIn("kept for you", self.choose(self.concert, {self.full: 3}))
        self.choose(self.concert, {self.full: 1})
        self.assertEqual(self.held_seats(), 1)

    def test_the_cart_holds_until_it_is_paid(self):
        self.limit(3)
        order = self.buy(self.concert, {self.full: 2})
        self.assertEqual(order.amount_total, 24)
        self.assertEqual(self.held_seats(), 2)
        self.assertEqual(order._tibillet_wanted(), {(self.concert.id, None, self.full.id): 2})
        page = self.url_open("/shop/payment").text
        self.assertIn("Your places are kept for you until", page)
        order.action_confirm()
        self.assertEqual(self.held_seats(), 0)
        self.assertEqual(self.concert.seats_taken, 2)
        self.assertCountsTrue()

    def test_the_last_seats_are_their_holders_to_take(self):
        self.limit(2)
        self.full.seats_max = 2
        order = self.buy(self.concert, {self.full: 2})
        self.assertEqual(len(order.order_line), 1)
        self.assertEqual(order.order_line.product_uom_qty, 2)

    def test_a_free_meal_takes_what_was_held(self):
        self.limit(2, self.meal)
        ticket = self.meal.event_ticket_ids[0]
        self.choose(self.meal, {ticket: 2})
        self.assertEqual(self.held_seats(self.meal), 2)
        self.confirm(self.meal, {ticket: 2})
        self.assertEqual(self.held_seats(self.meal), 0)
        self.assertEqual(self.meal.seats_taken, 2)
        self.assertCountsTrue()

    def test_what_leaves_the_cart_is_given_back(self):
        self.limit(3)
        order = self.buy(self.concert, {self.full: 2})
        order._cart_update_line_quantity(order.order_line.id, 1)
        self.assertEqual(self.held_seats(), 1)
        order._cart_update_line_quantity(order.order_line.id, 0)
        self.assertEqual(self.held_seats(), 0)
        self.assertCountsTrue()

    def test_a_second_event_in_the_same_cart_keeps_both(self):
        self.limit(2)
        ball = self.make_event(self.bar_place, "Ball", is_published=True)
        ball.event_ticket_ids.price = 5
        self.limit(2, ball)
        order = self.buy(self.concert, {self.full: 2})
        self.assertFalse(self.buy(ball, {ball.event_ticket_ids[0]: 1}), "no second order")
        self.assertEqual(order.amount_total, 29)
        self.assertEqual((self.held_seats(), self.held_seats(ball)), (2, 1))
        order.action_confirm()
        self.assertEqual((self.held_seats(), self.held_seats(ball)), (0, 0))
        self.assertCountsTrue()

    def test_a_free_order_that_becomes_one_to_pay_keeps_its_seats(self):
        self.limit(2)
        self.reduced.price = 0
        order = self.buy(self.concert, {self.full: 1})
        self.buy(self.concert, {self.reduced: 1})
        self.assertEqual(self.held_seats(), 2)
        self.full.price = 0
        order.order_line.price_unit = 0
        self.env.flush_all()
        self.assertEqual(self.concert.seats_taken, 2)
        order.order_line[0].price_unit = 12
        self.env.flush_all()
        self.assertEqual((self.concert.seats_taken, self.held_seats()), (0, 2))
        self.assertCountsTrue()

    def test_time_over_and_seats_gone_is_said_before_the_money(self):
        self.limit(2)
        order = self.buy(self.concert, {self.full: 2})
        past = fields.Datetime.now() - timedelta(minutes=1)
        self.env.cr.execute("UPDATE tibillet_seat_hold SET expires_at = %s", [past])
        self.as_somebody_else()
        self.buy(self.concert, {self.full: 1}, name="Bob", email="bob@people.example")
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(SeatsGone, "somebody was faster"):
            order._check_cart_is_ready_to_be_paid()

    def test_time_over_and_seats_free_is_held_anew(self):
        self.limit(2)
        order = self.buy(self.concert, {self.full: 2})
        self.env.cr.execute(
            "UPDATE tibillet_seat_hold SET expires_at = %s", [fields.Datetime.now() - timedelta(minutes=1)]
        )
        self.env["tibillet.seat.hold"]._cron_expire()
        self.assertEqual(self.held_seats(), 0)
        order._check_cart_is_ready_to_be_paid()
        self.assertEqual(self.held_seats(), 2)

    def test_more_than_an_order_may_hold_is_refused(self):
        self.full.limit_max_per_order = 4
        self.choose(self.concert, {self.full: 5})
        self.assertEqual(self.held_seats(), 0)
        response = self.confirm(self.concert, {self.full: 5})
        self.assertIn("registration_error_code=insufficient_seats", response.url)
        self.assertFalse(self.concert.registration_ids)

    def test_a_limit_per_person_is_said_on_a_page(self):
        self.meal.tibillet_limit_per_person = 1
        ticket = self.meal.event_ticket_ids[0]
        self.choose(self.meal, {ticket: 2})
        response = self.confirm(self.meal, {ticket: 2})
        self.assertEqual(response.status_code, 409)
        self.assertIn("1 tickets per person at most", response.text)
        self.assertFalse(self.meal.registration_ids)
        self.confirm(self.meal, {ticket: 1})
        self.assertEqual(len(self.meal.registration_ids), 1)

    def test_a_refused_cart_leaves_nothing_and_keeps_the_seats(self):
        self.limit(2)
        self.concert.tibillet_limit_per_person = 1
        self.choose(self.concert, {self.full: 2})
        response = self.confirm(self.concert, {self.full: 2})
        self.assertEqual(response.status_code, 409)
        self.assertIn("per person at most", response.text)
        self.assertEqual(self.held_seats(), 2)
        # Fewer are taken out of what this visitor holds.
        self.assertEqual(self.buy(self.concert, {self.full: 1}).amount_total, 12)
        self.assertEqual(self.held_seats(), 1)

    def test_another_events_slot_holds_nothing(self):
        begin = fields.Datetime.now() + timedelta(days=1)
        dates = {"date_begin": begin, "date_end": begin + timedelta(days=3), "is_multi_slots": True}
        fair = self.make_event(self.bar_place, "Fair", is_published=True, **dates)
        day = (begin + timedelta(days=1)).date()
        slot = self.env["event.slot"].create({"event_id": fair.id, "date": day, "start_hour": 20, "end_hour": 21})
        self.choose(self.concert, {self.full: 1}, slot=slot)
        self.assertFalse(self.env["tibillet.seat.hold"].search([("slot_id", "=", slot.id)]))
