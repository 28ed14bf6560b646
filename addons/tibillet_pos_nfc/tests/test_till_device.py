import re
import time
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.till_device import DEVICE
from ..models.till_device_pairing import WRONG_PINS, WRONG_PINS_TOGETHER
from .common import TillCase

UID = "04A1B2C3D4E5F6"


class DeviceCase(TillCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("till_manager", cls.bar, "tibillet_base.group_manager")
        cls.manager.email, cls.bar.partner_id.lang = "manager@bar.example", "en_US"
        cls.hall_manager = cls._account_user("hall_manager", cls.hall, "tibillet_base.group_manager")
        cls.tablet = cls._device("Tablet of the bar")

    @classmethod
    def _device(cls, name, kind="till", till=None):
        return cls.env["tibillet.till.device"].create({"name": name, "kind": kind, "config_id": (till or cls.till).id})

    def _type(self, pin):
        """Type a PIN on the page; the page that follows."""
        page = self.url_open("/tibillet/pair")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open("/tibillet/pair", data={"csrf_token": token, "pin": pin}, allow_redirects=False)

    def _pair(self, device):
        """Pair this browser as `device`, and start it."""
        response = self._type(device._draw_pin())
        self.assertEqual(response.status_code, 303, response.text)
        return self.url_open("/tibillet/device", allow_redirects=False)

    def assertSays(self, response, sentence):
        self.assertEqual(response.status_code, 200)
        self.assertIn(sentence, response.text)


@tagged("post_install", "-at_install")
class TestPairing(DeviceCase):
    """A device is paired once, by whoever holds its PIN, for ten minutes."""

    def test_a_pin_pairs_once(self):
        pin = self.tablet._draw_pin()
        self.assertRegex(pin, r"^[1-9]\d{5}$")
        response = self._type(f"{pin[:3]} {pin[3:]}")
        self.assertTrue(response.headers["Location"].endswith("/tibillet/device"))
        self.assertEqual(self.tablet.state, "paired")
        self.assertSays(self._type(pin), "wrong or was used already")

    def test_the_database_knows_neither_pin_nor_token(self):
        pin = self.tablet._draw_pin()
        self._type(pin)
        token = self.opener.cookies["tibillet_device"].partition(".")[2]
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(d)::text FROM tibillet_till_device d WHERE id = %s", [self.tablet.id])
        [stored] = self.env.cr.fetchone()
        self.assertNotIn(pin, stored)
        self.assertNotIn(token, stored)

    def test_a_wrong_pin(self):
        self.tablet._draw_pin()
        for pin in ("000000", "12345", "abcdef", "", "1234567"):
            self.env["tibillet.till.pairing.try"].sudo().search([]).unlink()
            self.assertSays(self._type(pin), "This PIN is wrong")
        self.assertEqual(self.tablet.state, "new")

    def test_an_expired_pin(self):
        pin = self.tablet._draw_pin()
        self.tablet.pin_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertSays(self._type(pin), "This PIN has expired")
        self.assertEqual(self.tablet.state, "new")

    def test_a_pin_for_several_devices(self):
        self.tablet.write({"pin_uses": 3, "pin_minutes": 60})
        pin = self.tablet._draw_pin()
        for _device in range(3):
            self.assertEqual(self._type(pin).status_code, 303)
        self.assertSays(self._type(pin), "wrong or was used already")
        paired = self.env["tibillet.till.device"].search([("config_id", "=", self.till.id)], order="name")
        self.assertEqual(paired.mapped("name"), [f"Tablet of the bar {number}" for number in (1, 2, 3)])
        self.assertEqual(set(paired.mapped("state")), {"paired"})
        self.assertEqual(len(set(paired.sudo().mapped("token_hash"))), 3)
        mails = self.env["mail.mail"].search([("subject", "ilike", "Tablet of the bar")])
        self.assertEqual(len(mails), 3, "the manager hears of each")
        # Each is withdrawn alone.
        paired[0].action_revoke()
        self.assertEqual(paired.mapped("state"), ["revoked", "paired", "paired"])

    def test_a_pin_for_several_devices_expires_too(self):
        self.tablet.write({"pin_uses": 3, "pin_minutes": 60})
        pin = self.tablet._draw_pin()
        self._type(pin)
        self.tablet.pin_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertSays(self._type(pin), "This PIN has expired")
        self.assertSays(self._type(pin), "wrong or was used already")
        self.assertEqual(self.tablet.state, "new")

    @mute_logger("odoo.sql_db")
    def test_a_pin_is_no_password(self):
        for vals in ({"pin_uses": 0}, {"pin_uses": 51}, {"pin_minutes": 0}, {"pin_minutes": 721}):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.tablet.write(vals)
                self.env.flush_all()

    def test_a_new_pin_ends_the_former(self):
        former = self.tablet._draw_pin()
        self.tablet._draw_pin()
        self.assertSays(self._type(former), "This PIN is wrong")

    def test_guessing_is_stopped(self):
        pin = self.tablet._draw_pin()
        wrong = "100000" if pin != "100000" else "100001"
        for _try in range(WRONG_PINS):
            self.assertSays(self._type(wrong), "This PIN is wrong")
        self.assertSays(self._type(pin), "Too many wrong PINs")
        self.assertEqual(self.tablet.state, "new")

    def test_guessing_together_ends_every_pin(self):
        pin = self.tablet._draw_pin()
        tries = self.env["tibillet.till.pairing.try"].sudo()
        tries.create([{"address": f"192.0.2.{number}"} for number in range(WRONG_PINS_TOGETHER - 1)])
        self._type("100000" if pin != "100000" else "100001")
        self.assertFalse(self.tablet.pin_expires_at)
        self.assertSays(self._type(pin), "This PIN is wrong")

    def test_the_managers_hear_of_it_by_mail(self):
        self._pair(self.tablet)
        mail = self.env["mail.mail"].search([("subject", "ilike", "Tablet of the bar")])
        self.assertIn("manager@bar.example", mail.email_to)
        self.assertNotIn("hall", mail.email_to)
        self.assertIn("withdraw it at once", mail.body_html)

    def test_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        page = self.url_open("/tibillet/pair", headers={"Accept-Language": "fr-FR"})
        self.assertIn("Associer cet appareil", page.text)

    def test_the_pin_is_shown_once(self):
        action = self.tablet.with_user(self.manager).action_show_pin()
        shown = self.tablet.with_user(self.manager).with_context(**action["context"]).pin_shown
        self.assertRegex(shown, r"^\d{3} \d{3}$")
        self.assertFalse(self.tablet.pin_shown)

    def test_a_new_device_chooses_among_the_tills(self):
        """Its company comes with its till: tills are not looked for in a company that it has not yet."""
        till = self.tablet.with_user(self.manager).fields_get(["config_id"])["config_id"]
        self.assertNotIn("company_id", str(till["domain"]))

    def test_who_pairs_and_withdraws(self):
        for user in (self.cashier, self.hall_manager):
            device = self.tablet.with_user(user)
            for act in (device.action_show_pin, device.action_revoke):
                with self.assertRaises(AccessError):
                    act()

    def test_a_device_acts_as_a_cashier_only(self):
        with self.assertRaisesRegex(ValidationError, "never as a manager"):
            self.tablet.user_id = self.manager
        other = self._account_user("no_till", self.bar, "base.group_user")
        with self.assertRaisesRegex(ValidationError, "may not use the tills"):
            self.tablet.user_id = other


@tagged("post_install", "-at_install")
class TestTillDevice(DeviceCase):
    """A paired tablet works as its venue's cashier, until it is withdrawn."""

    def _card_of(self, card):
        params = {"session_id": self.pos_session.id, "tap": self._tap(card)}
        return self.make_jsonrpc_request("/tibillet_nfc/card", params)

    def test_it_opens_its_till(self):
        response = self._pair(self.tablet)
        self.assertTrue(response.headers["Location"].endswith(f"/pos/ui/{self.till.id}"))
        self.assertEqual(self._card_of(self._card(500))["status"], "ok")
        user = self.bar._tibillet_tills_user()
        self.assertTrue(user.has_group("point_of_sale.group_pos_user"))
        self.assertFalse(user.has_group("tibillet_base.group_manager"))

    def test_the_tills_user_has_no_password(self):
        user = self.bar._tibillet_tills_user()
        with self.assertRaises(AccessDenied):
            user.with_user(user)._check_credentials(
                {"type": "password", "login": user.login, "password": user.login}, {"interactive": True}
            )

    def test_withdrawn_in_mid_sale(self):
        self._pair(self.tablet)
        card = self._card(500)
        self.assertEqual(self._card_of(card)["status"], "ok")
        told = []
        with patch.object(self.registry["pos.config"], "_notify", lambda till, *note, **kw: told.append(note)):
            self.tablet.with_user(self.manager).action_revoke()
        self.assertEqual(told, [("TIBILLET_DEVICE_REVOKED", {"devices": self.tablet.ids})])
        with self.assertRaisesRegex(Exception, "SessionExpired"):
            self._card_of(card)
        # Its cookie opens nothing more either.
        response = self.url_open("/tibillet/device", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/tibillet/pair"))

    def test_a_withdrawn_device_serves_again_once_paired(self):
        self._pair(self.tablet)
        self.tablet.action_revoke()
        self._pair(self.tablet)
        self.assertEqual(self._card_of(self._card(500))["status"], "ok")

    def test_another_venues_session_is_refused(self):
        self._pair(self.tablet)
        session = self._open_session(self.hall_till)
        params = {"session_id": session.id, "tap": self._tap(self._card(500))}
        answer = self.make_jsonrpc_request("/tibillet_nfc/card", params)
        self.assertEqual(answer["code"], "session")

    def test_a_forged_cookie_opens_nothing(self):
        self._pair(self.tablet)
        self.opener.cookies.set("tibillet_device", f"{self.tablet.id}.forged")
        response = self.url_open("/tibillet/device", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/tibillet/pair"))

    def test_it_is_seen(self):
        self._pair(self.tablet)
        self.tablet.last_seen = False
        self.env.flush_all()
        self.tablet._seen()
        self.tablet.invalidate_recordset()
        self.assertTrue(self.tablet.last_seen)

    def test_a_paired_device_keeps_its_till(self):
        self._pair(self.tablet)
        with self.assertRaisesRegex(ValidationError, "keeps its till"):
            self.tablet.kind = "reader"
        with self.assertRaisesRegex(ValidationError, "stays on the list"):
            self.tablet.unlink()

    def test_the_page_knows_its_device(self):
        config = self.env["pos.config"].with_user(self.cashier)
        with patch.object(self.registry["tibillet.till.device"], "_current", lambda self_: self.tablet.sudo()):
            [loaded] = config._load_pos_data_read(self.till, self.till)
        self.assertEqual(loaded["_tibillet_device"], {"id": self.tablet.id, "name": "Tablet of the bar"})
        self.assertEqual(DEVICE, "tibillet_device")


@tagged("post_install", "-at_install")
class TestReader(DeviceCase):
    """A phone sends what it reads to its till, and to no other."""

    def setUp(self):
        super().setUp()
        self.phone = self._device("Phone", "reader")
        self._pair(self.phone)
        self.told = []
        notify = lambda till, *note, **kw: self.told.append((till, *note))  # noqa: E731
        self.patch(self.registry["pos.config"], "_notify", notify)

    def _send(self, uid=UID, at=1000):
        return self.make_jsonrpc_request("/tibillet/reader/tap", {"uid": uid, "at": at})

    def _open(self, sealed, session=None):
        session = session or self.pos_session
        return self.env["tibillet.till"].with_user(self.cashier)._remote_tap(session.id, sealed)

    def test_a_tap_reaches_its_till(self):
        self.assertEqual(self._send(), {"status": "sent", "till": "Bar till"})
        [(till, name, payload)] = self.told
        self.assertEqual((till, name), (self.till, "TIBILLET_TAP"))
        self.assertNotIn(UID, str(payload))
        self.assertEqual(self._open(payload["sealed"]), {"status": "ok", "uid": UID})

    def test_an_old_tap_is_not_played_again(self):
        self._send(at=1000)
        for at in (1000, 999, -1, "1001", None, 10**14, True):
            self.assertEqual(self._send(at=at)["code"], "replay", at)
        self.assertEqual(len(self.told), 1)

    def test_a_tap_that_comes_late_is_refused(self):
        self._send()
        late = time.time() + 11
        with patch("time.time", return_value=late):
            self.assertEqual(self._open(self.told[0][2]["sealed"])["code"], "stale")

    def test_another_till_cannot_open_it(self):
        self._send()
        other = self._open_session(self.bar._tibillet_open_till("Second till"))
        self.assertEqual(self._open(self.told[0][2]["sealed"], other)["code"], "stale")
        for forged in ("", "forged", None, 7):
            self.assertEqual(self._open(forged)["code"], "stale")

    def test_what_is_no_card(self):
        for uid in ("", "XYZ", None, "08A1B2C3"):
            self.assertEqual(self._send(uid=uid)["code"], "uid", uid)
        self.assertFalse(self.told)

    def test_a_withdrawn_phone(self):
        self.phone.action_revoke()
        self.assertEqual(self._send()["code"], "device")

    def test_a_closed_till(self):
        self.pos_session.close_session_from_ui()
        self.assertEqual(self._send()["code"], "closed")

    def test_a_till_device_sends_no_tap(self):
        self._pair(self.tablet)
        self.assertEqual(self._send()["code"], "device")

    def test_its_page(self):
        page = self.url_open("/tibillet/reader")
        self.assertSays(page, "Bar till")
