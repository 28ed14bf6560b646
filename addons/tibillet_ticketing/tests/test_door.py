import base64
import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tibillet_base import keyring

from .. import tokens
from .common import TicketCase


@tagged("post_install", "-at_install")
class TestDoor(TicketCase):
    def setUp(self):
        super().setUp()
        self.anna = self.book(name="Anna")

    def show(self, shown, event=None, user=None, **options):
        event = (event or self.concert).with_user(user or self.cashier)
        return event._check_in(shown, "North", **options)

    def answer(self, *args, **options):
        return self.show(*args, **options)["answer"]

    def move(self, **delta):
        """The concert begins and ends later (or earlier)."""
        self.concert.write(
            {
                "date_begin": self.concert.date_begin + timedelta(**delta),
                "date_end": self.concert.date_end + timedelta(**delta),
            }
        )

    def test_in_once(self):
        token = self.anna.tibillet_token
        first = self.show(token)
        self.assertEqual((first["answer"], first["name"], first["price"]), ("in", "Anna", "Full"))
        self.assertEqual((self.anna.state, self.anna.tibillet_inside), ("done", True))
        self.assertTrue(self.anna.date_closed)
        again = self.show(token)
        self.assertEqual((again["answer"], again["door"]), ("already", "North"))
        self.assertTrue(again["since"])
        self.assertEqual(self.answer(self.anna.barcode), "already")
        self.assertEqual(self.anna.tibillet_scan_ids.sorted("id").mapped("answer"), ["in", "already", "already"])

    def test_a_scan_told_again_is_answered_as_before(self):
        token = self.anna.tibillet_token
        for _time in range(3):
            self.assertEqual(self.answer(token, key="phone:1"), "in")
        self.assertEqual(len(self.anna.tibillet_scan_ids), 1)
        self.assertEqual(self.answer(token, key="phone:2"), "already")

    def test_out_and_in_again_where_one_may(self):
        token = self.anna.tibillet_token
        self.assertEqual(self.answer(token, leave=True), "already")
        self.assertEqual(self.answer(token), "in")
        self.assertEqual(self.answer(token, leave=True), "out")
        self.assertEqual(self.answer(token), "already", "without re-entry a ticket is used up")
        self.concert.tibillet_reentry = True
        self.assertEqual(self.answer(token), "in")
        self.assertEqual(self.answer(token), "already")

    def test_refused_with_the_reason(self):
        guest = self.book(self.elsewhere.event_ticket_ids[0])
        other = self.make_event(self.bar, "Late show")
        late = self.book(other.event_ticket_ids[0])
        self.assertEqual(self.answer(guest.tibillet_token), "forged", "the barn's key is not the bar's")
        self.assertEqual(self.answer(late.tibillet_token), "other")
        stranger = self.show(guest.barcode)
        self.assertEqual((stranger["answer"], stranger["name"]), ("forged", ""), "nor are the barn's guests the bar's")
        self.assertEqual(self.answer(late.barcode), "other")
        token = self.anna.tibillet_token
        altered = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
        for shown in (altered, token[:-1], "", "hello", "123456789", None):
            self.assertEqual(self.answer(shown), "forged")
        self.anna.action_set_draft()
        self.assertEqual(self.answer(token), "unpaid")
        self.anna.action_cancel()
        self.assertEqual(self.answer(token), "cancelled")
        self.assertEqual(self.anna.state, "cancel")
        self.anna.action_confirm()
        self.anna.active = False
        self.assertEqual(self.answer(token), "cancelled")

    def test_a_bar_code_of_letters_is_one(self):
        """As attendees have who were imported with the numbers of another shop."""
        self.anna.barcode = "SHOP-7F"
        desk = self.env["event.registration"].with_user(self.cashier)
        self.assertEqual(desk.register_attendee("SHOP-7F", self.concert.id)["status"], "confirmed_registration")
        self.assertEqual(self.answer("SHOP-7F"), "already")

    def test_too_early_and_too_late(self):
        token = self.anna.tibillet_token
        self.move(hours=2)
        self.assertEqual(self.answer(token), "early")
        self.concert.tibillet_door_opens = 4
        self.assertEqual(self.answer(token), "in")
        bob = self.book(name="Bob")
        self.move(days=-2)
        self.assertEqual(self.answer(bob.tibillet_token), "late")

    def test_a_new_key_leaves_the_old_tickets_good(self):
        keys = self.env["tibillet.ticket.key"]
        token = self.anna.tibillet_token
        first = keys._current(self.bar)
        first.with_user(self.manager).action_rotate()
        bob = self.book(name="Bob")
        second = keys._current(self.bar)
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(tokens.read(bob.tibillet_token, second.public_key).key, 2)
        self.assertEqual(self.answer(token), "in")
        first.with_user(self.manager).action_revoke()
        self.assertEqual(self.answer(token), "forged", "a key that got out opens nothing")
        self.assertEqual(self.answer(bob.tibillet_token), "in")

    def test_keys_are_their_managers_own(self):
        key = self.env["tibillet.ticket.key"]._current(self.bar)
        for user in (self.cashier, self.barn_manager):
            for act in ("action_rotate", "action_revoke"):
                with self.assertRaises(AccessError):
                    getattr(key.with_user(user), act)()

    def test_a_copy_signs_nothing(self):
        with patch.object(keyring, "is_original", lambda _env: False), self.assertRaises(keyring.KeyringError):
            self.anna.mapped("tibillet_token")

    def test_another_venues_door_is_closed(self):
        for user in (self.barn_manager, self.accountant):
            with self.assertRaises(AccessError):
                self.show(self.anna.tibillet_token, user=user)

    def test_scans_stay(self):
        self.show(self.anna.tibillet_token)
        scan = self.anna.tibillet_scan_ids
        self.assertEqual(scan.user_id, self.cashier)
        for act in (lambda: scan.write({"answer": "out"}), scan.unlink):
            with self.assertRaises(UserError):
                act()

    def test_odoos_own_screen_reads_signed_tickets(self):
        desk = self.env["event.registration"].with_user(self.cashier)
        result = desk.register_attendee(self.anna.tibillet_token, self.concert.id)
        self.assertEqual(result["status"], "confirmed_registration")
        self.assertEqual(desk.register_attendee(self.anna.barcode, self.concert.id)["status"], "already_registered")
        self.assertEqual(self.answer(self.anna.tibillet_token), "already")
        desk_of_all = desk.register_attendee(self.anna.tibillet_token, False)
        self.assertEqual(desk_of_all["status"], "already_registered", "Odoo's screen of all events")
        self.assertEqual(desk.register_attendee("A" * 137, self.concert.id), {"error": "invalid_ticket"})
        self.assertEqual(self.anna.tibillet_scan_ids.sorted("id").mapped("answer"), ["in", "already", "already"])

    def test_the_printed_ticket_is_the_signed_one(self):
        picture = Image.open(io.BytesIO(base64.b64decode(self.anna.tibillet_qr)))
        self.assertGreaterEqual(picture.size[0], 41 * 6, "41 modules: letters of base45 take the small mode")
        self.assertLessEqual(picture.size[0], 49 * 6)
        for report in (
            "event.action_report_event_registration_full_page_ticket",
            "event.action_report_event_registration_badge",
        ):
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(report, self.anna.ids)
            self.assertIn(self.anna.tibillet_qr.decode(), html.decode())
        self.anna.action_cancel()
        self.assertFalse(self.anna.tibillet_qr)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(report, self.anna.ids)
        self.assertIn(f"/report/barcode/QR/{self.anna.barcode}", html.decode())

    def test_valid_until_the_morning_after(self):
        token = tokens.peek(self.anna.tibillet_token)[0]
        until = fields.Datetime.add(self.concert.date_end, hours=12)
        self.assertEqual(token.until, int((until - fields.Datetime.from_string("1970-01-01")).total_seconds()))
        self.assertEqual(token.event, self.concert.id)
