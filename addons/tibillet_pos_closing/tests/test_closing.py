import json
from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from odoo.addons.tibillet_base import keyring

from ..proof import chain
from .common import ClosingCase


class TestClosing(ClosingCase):
    """Sealed in an unbroken line, for good, and verified without a secret."""

    def _day(self, price, hours=0, session=None):
        """A session that sells and closes, `hours` from now."""
        with freeze_time(datetime.now() + timedelta(hours=hours)):
            session = session or self._open_session(self.till)
            self._sell(price, session=session, date_order=fields.Datetime.to_string(fields.Datetime.now()))
            return self._close_till(session)

    def _verify(self):
        self.env.flush_all()
        return chain.verify(self.env.cr)

    def _tamper(self, column, value, closing):
        """As whoever owns the database may."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE tibillet_closing DISABLE TRIGGER tibillet_closing_append_only")
        self.env.cr.execute(f"UPDATE tibillet_closing SET {column} = %s WHERE id = %s", [value, closing.id])
        self.env.invalidate_all()

    def test_several_closings_a_day_follow_each_other(self):
        first = self._day(6.0, session=self.pos_session)
        second = self._day(12.0)
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual((first.previous_hash, second.previous_hash), (chain.GENESIS, first.hash))
        self.assertEqual((second.total_sales, second.perpetual_sales), (12.0, 18.0))
        self.assertTrue(self._verify().ok, self._verify().breaks)

    def test_no_sale_no_closing(self):
        self.assertFalse(self._close_till())
        self.env["tibillet.closing"]._close_due()
        self.assertFalse(self.env["tibillet.closing"].search([("company_id", "=", self.bar.id)]))

    def test_top_ups_stand_apart_from_sales(self):
        self._fill(self._card(), 20.0)
        self._sell(6.0)
        ticket = self._close_till()
        self.assertEqual((ticket.total_sales, ticket.total_top_ups), (6.0, 20.0))

    def test_venues_have_lines_of_their_own(self):
        self._day(6.0, session=self.pos_session)
        hall = self._open_session(self.hall_till)
        line = self._top_up_line(self._card(), 10.0, product=self.hall_euro._topup_product(self.hall))
        self._sync(self._order([line], [self._payment(self.hall_till, "cash", 10.0)], session=hall), self.env.user)
        self.assertEqual(self._close_till(hall).number, 1)

    def test_anyone_verifies_the_signature(self):
        ticket = self._day(6.0, session=self.pos_session)
        self.assertEqual(ticket.public_key, keyring.public_key(self.bar_place.uuid))
        self.assertTrue(chain.is_signed(ticket.payload, ticket.signature, ticket.public_key))
        self.assertFalse(chain.is_signed(ticket.payload + " ", ticket.signature, ticket.public_key))
        self.assertFalse(chain.is_signed(ticket.payload, ticket.signature, "00" * 32))
        self.assertFalse(chain.is_signed(ticket.payload, None, None))

    def test_a_copy_of_the_database_closes_without_signing(self):
        with patch.object(keyring, "is_original", lambda env: False):
            ticket = self._day(6.0, session=self.pos_session)
        self.assertEqual((ticket.number, ticket.signature), (1, False))
        self.assertIn("signature", self._verify().first_break)

    @mute_logger("odoo.sql_db")
    def test_nobody_rewrites_a_closing(self):
        ticket = self._day(6.0, session=self.pos_session)
        with self.assertRaisesRegex(UserError, "not rewritten"):
            ticket.total_sales = 1.0
        with self.assertRaisesRegex(UserError, "not deleted"):
            ticket.sudo().unlink()
        for query in (
            "UPDATE tibillet_closing SET number = 9",
            "DELETE FROM tibillet_closing",
            "TRUNCATE tibillet_closing CASCADE",
        ):
            with self.assertRaisesRegex(psycopg2.Error, "append only"), self.env.cr.savepoint():
                self.env.cr.execute(query)

    def test_verification_locates_what_was_altered(self):
        first = self._day(6.0, session=self.pos_session)
        second = self._day(12.0)
        changed = json.loads(second.payload)
        changed["figures"]["sales"] = 1
        for column, value, closing, said in (
            ("total_sales", 1.0, first, r"session 1 .* totals"),
            ("payload", chain.payload(changed), second, r"session 2 .* content"),
            ("signature", "00" * 64, second, r"session 2 .* signature"),
            ("previous_hash", chain.GENESIS, second, r"session 2 .* follow"),
            ("perpetual_sales", 7.0, second, r"session 2 .* perpetual"),
            ("number", 7, second, r"session 2 .* lacks"),
        ):
            with self.subTest(column=column):
                savepoint = self.env.cr.savepoint()
                self._tamper(column, value, closing)
                self.assertRegex(self._verify().first_break, said)
                with mute_logger("odoo.addons.tibillet_pos_closing.models.verification"):
                    self.assertFalse(self.env["tibillet.verification"]._run().ok)
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        self.assertTrue(self._verify().ok)

    def test_who_reads_closings(self):
        ticket = self._day(6.0, session=self.pos_session)
        stranger = self._account_user("hall_manager", self.hall, "tibillet_base.group_manager")
        self.assertEqual(ticket.with_user(self.manager).number, 1)
        for user in (self.cashier, stranger):
            with self.assertRaises(AccessError):
                ticket.with_user(user).read(["number"])
        with self.assertRaises(AccessError):
            ticket.with_user(self.manager).create({"level": "day", "number": 1})

    # --- periods ----------------------------------------------------------------------------------------------------

    def _periods(self, level):
        return self.env["tibillet.closing"].search(
            [("company_id", "=", self.bar.id), ("level", "=", level)], order="number"
        )

    def _close_due(self, at):
        with freeze_time(at):
            self.env["tibillet.closing"]._close_due()

    def test_a_day_ends_at_the_venue_s_hour(self):
        self.bar.partner_id.tz, self.bar.tibillet_day_hour = "Europe/Paris", 4.0
        start, end = self.env["tibillet.closing"]._period(self.bar, "day", datetime(2026, 7, 15, 1, 0))
        self.assertEqual((start, end), (datetime(2026, 7, 14, 2, 0), datetime(2026, 7, 15, 2, 0)))
        start, end = self.env["tibillet.closing"]._period(self.bar, "year", datetime(2027, 1, 1, 2, 59))
        self.assertEqual((start, end), (datetime(2026, 1, 1, 3, 0), datetime(2027, 1, 1, 3, 0)))

    def test_days_months_and_years_add_their_tickets(self):
        self._day(6.0, session=self.pos_session)
        self._day(12.0)
        later = datetime.now() + timedelta(days=3)
        self._close_due(later)
        [day] = self._periods("day")
        self.assertEqual((day.first, day.last, day.total_sales), (1, 2, 18.0))
        self.assertEqual(day._content()["figures"]["orders"], 2)
        self._day(24.0, hours=72)
        self._close_due(datetime.now() + timedelta(days=800))
        self.assertEqual(self._periods("day").mapped("total_sales"), [18.0, 24.0])
        self.assertEqual(sum(self._periods("month").mapped("total_sales")), 42.0)
        self.assertEqual(self._periods("year")[-1].perpetual_sales, 42.0)
        self._close_due(datetime.now() + timedelta(days=801))
        self.assertEqual(len(self._periods("day")), 2)
        self.assertTrue(self._verify().ok, self._verify().breaks)

    def test_a_server_that_was_off_catches_up_in_order(self):
        self._day(6.0, session=self.pos_session)
        for hours, price in ((48, 12.0), (24 * 40, 24.0), (24 * 400, 48.0)):
            self._day(price, hours=hours)
        self._close_due(datetime.now() + timedelta(days=1200))
        days = self._periods("day")
        self.assertEqual(days.mapped("number"), [1, 2, 3, 4])
        self.assertEqual(days.mapped("total_sales"), [6.0, 12.0, 24.0, 48.0])
        self.assertEqual(days.mapped("date_to"), sorted(days.mapped("date_to")))
        for level in ("month", "year"):
            periods = self._periods(level)
            self.assertEqual(periods[-1].perpetual_sales, 90.0)
            self.assertEqual((periods[0].first, periods[-1].last), (1, 4))
            self.assertEqual(periods.mapped("date_to"), sorted(periods.mapped("date_to")))
        self.assertTrue(self._verify().ok, self._verify().breaks)

    def test_a_day_that_is_not_over_stays_open(self):
        self._day(6.0, session=self.pos_session)
        self.env["tibillet.closing"]._close_due()
        self.assertFalse(self._periods("day"))

    def test_verification_finds_a_ticket_that_a_day_closed_and_lacks(self):
        self._day(6.0, session=self.pos_session)
        second = self._day(12.0)
        self._close_due(datetime.now() + timedelta(days=2))
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE tibillet_closing DISABLE TRIGGER tibillet_closing_append_only")
        self.env.cr.execute("DELETE FROM tibillet_closing WHERE id = %s", [second.id])
        self.assertRegex(self._verify().first_break, "closing day 1 .* sessions 1 to 2 are not all there")

    # --- nothing enters ---------------------------------------------------------------------------------------------

    def test_nothing_enters_a_closed_session(self):
        order = self._sell(6.0)
        self._close_till()
        for change in (
            lambda: order.write({"lines": [fields.Command.create(self._beer_line())]}),
            lambda: order.lines.write({"price_unit": 1.0}),
            lambda: order.lines.unlink(),
            lambda: order.payment_ids.write({"amount": 1.0}),
            lambda: order.payment_ids.unlink(),
            lambda: order.write({"amount_total": 1.0}),
            lambda: order.copy({"session_id": order.session_id.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()

    def test_an_order_dated_in_a_closed_day_is_refused_unless_a_card_has_paid(self):
        self._day(6.0, session=self.pos_session)
        self._close_due(datetime.now() + timedelta(days=2))
        card = self._card(1000)
        with freeze_time(datetime.now() + timedelta(days=3)):
            session = self._open_session(self.till)
            with self.assertRefusal("is closed in the books"):
                self._sell(6.0, session=session, date_order="2026-01-01 12:00:00")
            self.assertEqual(self._sell(6.0, session=session, date_order=fields.Datetime.now()).state, "paid")
            tapped = self._pay_by_card(card, 600, session=session)
            self.assertEqual(tapped.date_order.date(), fields.Date.today())
            with self.assertRaisesRegex(UserError, "is closed in the books|French law"):
                tapped.date_order = "2026-01-01 12:00:00"
