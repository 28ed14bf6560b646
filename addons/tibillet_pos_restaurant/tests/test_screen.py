from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from .common import RestaurantCase


class TestScreen(RestaurantCase):
    """One touch advances, one takes back; two screens never fight; numbers start again each day."""

    def setUp(self):
        super().setUp()
        self._table_order(self._dish(2))
        self.ticket = self._tickets(self.kitchen)

    def test_forward_and_back(self):
        for known, to in (("to_prepare", "ready"), ("ready", "served"), ("served", "ready"), ("ready", "to_prepare")):
            self.ticket._move(known, to)
            self.assertEqual(self.ticket.state, to)
        self.assertFalse(self.ticket.ready_at or self.ticket.served_at)

    def test_another_screen_was_first(self):
        self.ticket._move("to_prepare", "ready")
        self.ticket._move("ready", "served")
        self.ticket._move("to_prepare", "ready")
        self.assertEqual(self.ticket.state, "served")

    def test_no_step_is_skipped(self):
        for known, to in (("to_prepare", "served"), ("to_prepare", "to_prepare"), ("to_prepare", "eaten"), (None, 4)):
            with self.subTest(to=to), self.assertRaises(UserError):
                self.ticket._move(known, to)
        self.assertEqual(self.ticket.state, "to_prepare")

    def test_a_cancelled_ticket_is_understood_at_once(self):
        self.ticket.order_id.action_pos_order_cancel()
        self.assertTrue(self.kitchen.sudo()._state()["tickets"][0]["void"])
        self.ticket._move("to_prepare", "served")
        self.assertEqual(self.ticket.state, "served")

    def test_going_on_means_seen(self):
        self.ticket.line_ids._change(3)
        self.ticket._move("to_prepare", "ready")
        self.assertEqual((self.ticket.line_ids.is_changed, self.ticket.line_ids.qty_seen), (False, 3))

    def test_a_tick_falls_with_a_change(self):
        line = self.ticket.line_ids
        self.ticket._tick(line.id, True)
        self.assertTrue(line.is_done)
        line._change(3)
        self.assertFalse(line.is_done)
        with self.assertRaises(UserError):
            self.ticket._tick(-1, True)

    def test_numbers_by_screen_and_day(self):
        self._table_order(self._dish(), self._beer_line(), table=self.table_9)
        self.assertEqual(self._tickets(self.kitchen).mapped("number"), [1, 2])
        self.assertEqual(self._tickets(self.counter).mapped("number"), [1])
        with freeze_time(fields.Datetime.now() + timedelta(days=1, minutes=1)):
            line = self._dish()
            self._sync(self._order([line], [self._payment(self.till, "cash", line["price_subtotal_incl"])]))
        self.assertEqual(self._tickets(self.kitchen).mapped("number"), [1, 2, 1])

    def test_the_night_belongs_to_its_evening(self):
        self.bar.partner_id.tz = "Europe/Paris"
        for moment, day in (("2026-07-14 23:30:00", "2026-07-14"), ("2026-07-15 04:30:00", "2026-07-15")):
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertEqual(str(self.kitchen._today()), day)

    def test_served_today_only(self):
        self.ticket._move("to_prepare", "ready")
        self.ticket._move("ready", "served")
        self.assertEqual(self.kitchen.sudo()._state()["screen"]["served"], 1)
        self.ticket.day -= timedelta(days=1)
        self.assertFalse(self.kitchen.sudo()._state()["tickets"])

    def test_every_page_is_told(self):
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].sudo()
        last = bus.search([], order="id desc", limit=1).id
        self.ticket._move("to_prepare", "ready")
        self.env.cr.precommit.run()
        news = bus.search([("id", ">", last)]).filtered(lambda message: "TIBILLET_PREP" in message.message)
        self.assertIn(self.kitchen.sudo().token, news.channel)

    def test_settings_that_make_no_sense(self):
        for vals in (
            {"amber_minutes": 20, "red_minutes": 10},
            {"amber_minutes": 0},
            {"red_minutes": 10_000},
            {"day_start": 24},
            {"category_ids": [(5,)]},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.kitchen.write(vals)

    def test_old_tickets_go(self):
        self.ticket.day = fields.Date.today() - timedelta(days=91)
        self.env["tibillet.prep.ticket"].sudo()._gc_tickets()
        self.assertFalse(self.ticket.exists())
