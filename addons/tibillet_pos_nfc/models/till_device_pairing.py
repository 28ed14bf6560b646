import hmac
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.tibillet_base import keyring

from ..const import row_id
from .till import Refusal
from .till_device import DEVICE

PIN = re.compile(r"[1-9][0-9]{5}")
PIN_MINUTES = 10
MOST_USES, MOST_MINUTES = 50, 720
# Wrong PINs in ten minutes: from one address, then from all together, which ends every PIN that waits.
WRONG_PINS = 5
WRONG_PINS_TOGETHER = 30


class TibilletTillPairingTry(models.Model):
    """A wrong PIN typed on the pairing page."""

    _name = "tibillet.till.pairing.try"
    _description = "Wrong pairing PIN"

    address = fields.Char(required=True, index=True)

    @api.autovacuum
    def _gc_tries(self):
        self.sudo().search([("create_date", "<", fields.Datetime.now() - timedelta(days=1))]).unlink()


class TibilletTillDevice(models.Model):
    """Pairing: a PIN of six digits, once and within ten minutes unless asked otherwise; then a token for the device."""

    _inherit = "tibillet.till.device"

    pin_uses = fields.Integer(
        "Devices to pair", default=1, required=True, copy=False, help="One PIN pairs so many devices of this kind."
    )
    pin_minutes = fields.Integer("Minutes to pair", default=PIN_MINUTES, required=True, copy=False)
    pin_left = fields.Integer("Devices still to pair", readonly=True, copy=False)

    _pin_uses_range = models.Constraint(
        f"CHECK (pin_uses BETWEEN 1 AND {MOST_USES})", f"A PIN pairs one device, or up to {MOST_USES}."
    )
    _pin_minutes_range = models.Constraint(
        f"CHECK (pin_minutes BETWEEN 1 AND {MOST_MINUTES})", "A PIN serves for twelve hours at most."
    )

    def action_show_pin(self):
        """Draw a new PIN and show it; a device that was paired before is so no more once the PIN is typed."""
        self.ensure_one()
        self.check_access("write")
        pin = self._draw_pin()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pair %s", self.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[self.env.ref("tibillet_pos_nfc.view_till_device_pin").id, "form"]],
            "target": "new",
            "context": {"tibillet_pin": pin},
        }

    def _draw_pin(self):
        """A PIN that waits for this device alone, or for as many of its kind as ``pin_uses`` says; six digits."""
        device, waiting = self.sudo(), self.sudo().search([("pin_hash", "!=", False)]) - self.sudo()
        waiting.filtered(lambda other: other.pin_expires_at <= fields.Datetime.now()).pin_hash = False
        taken = set(waiting.mapped("pin_hash"))
        pin = next(pin for pin in iter(_random_pin, None) if keyring.digest("pairing", pin) not in taken)
        device.write(
            {
                "pin_hash": keyring.digest("pairing", pin),
                "pin_expires_at": fields.Datetime.now() + timedelta(minutes=device.pin_minutes),
                "pin_left": device.pin_uses,
            }
        )
        return pin

    @api.model
    def _pair(self, pin, address, browser):
        """Pair the device whose PIN was typed.

        :param str pin: as typed, spaces allowed
        :param str address: of who types, against guessing
        :return: (device (sudo), token); of a PIN for several devices, one more like the first
        :raise Refusal: wrong, used or expired PIN (code ``pin``); too many tries (code ``tries``)
        """
        self._check_tries(address)
        typed = re.sub(r"\s", "", pin if isinstance(pin, str) else "")
        hashes = list(keyring.digests("pairing", typed)) if PIN.fullmatch(typed) else []
        device = self.sudo().search([("pin_hash", "in", hashes)], limit=1)
        if not device:
            self._note_wrong_pin(address)
            raise Refusal("pin", self.env._("This PIN is wrong or was used already. Ask a manager for a new one."))
        if device.pin_expires_at <= fields.Datetime.now():
            device._end_pin()
            raise Refusal("pin", self.env._("This PIN has expired. Ask a manager for a new one."))
        paired = device._next_of_pin()
        return paired, paired._take_token(browser)

    def _end_pin(self):
        self.write({"pin_hash": False, "pin_expires_at": False, "pin_left": 0})

    def _next_of_pin(self):
        """What the PIN pairs this time: this device at its last use, before that another of its kind, numbered."""
        if self.pin_uses > 1:
            numbered = f"{self.name} {self.pin_uses - self.pin_left + 1}"
            if self.pin_left > 1:
                self.pin_left -= 1
                return self.copy({"name": numbered})
            self.write({"name": numbered, "pin_uses": 1})
        self._end_pin()
        return self

    def _check_tries(self, address):
        since = fields.Datetime.now() - timedelta(minutes=PIN_MINUTES)
        tries = self.env["tibillet.till.pairing.try"].sudo()
        if tries.search_count([("address", "=", address), ("create_date", ">", since)]) >= WRONG_PINS:
            raise Refusal(
                "tries", self.env._("Too many wrong PINs. Wait ten minutes, then ask a manager for a new one.")
            )

    def _note_wrong_pin(self, address):
        tries = self.env["tibillet.till.pairing.try"].sudo()
        tries.create({"address": address})
        since = fields.Datetime.now() - timedelta(minutes=PIN_MINUTES)
        if tries.search_count([("create_date", ">", since)]) >= WRONG_PINS_TOGETHER:
            self.sudo().search([("pin_hash", "!=", False)])._end_pin()

    def _take_token(self, browser):
        """Give the device its token, and tell the managers of its venue."""
        token = secrets.token_urlsafe(32)
        self.write(
            {
                "state": "paired",
                "token_hash": keyring.digest("device", token),
                "paired_on": fields.Datetime.now(),
                "last_seen": fields.Datetime.now(),
                "browser": (browser or "")[:200],
                "last_tap": 0,
            }
        )
        if self._managers():
            self.env.ref("tibillet_pos_nfc.mail_template_new_device").sudo().send_mail(self.id)
        return token

    @api.model
    def _of_token(self, device_id, token):
        """The device (sudo) that bears this token and still serves; empty otherwise."""
        device = self.sudo().browse(row_id(device_id)).exists()
        hashes = keyring.digests("device", token) if isinstance(token, str) else ()
        known = any(hmac.compare_digest(device.token_hash or "", digest) for digest in hashes)
        return device if device.state == "paired" and known else device.browse()


def _random_pin():
    return str(secrets.randbelow(900000) + 100000)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        """A paired till logs in by its token, as the user that it acts as."""
        if credential.get("type") != "tibillet_device":
            return super()._check_credentials(credential, env)
        device = self.env["tibillet.till.device"]._of_token(credential.get("device"), credential.get("token"))
        if device.kind != "till" or device._acting_user() != self:
            raise AccessDenied()
        return {"uid": self.id, "auth_method": "tibillet_device", "mfa": "skip"}


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        """A withdrawn device is logged out before its next act."""
        device = request.session.get(DEVICE)
        if device and not request.env["tibillet.till.device"]._is_live(device):
            request.session.logout(keep_db=True)
            # The page that pairs it anew keeps its form's token.
            request.session.should_rotate = False
            request.env = api.Environment(request.env.cr, None, request.session.context)
        return super()._authenticate_explicit(auth)
