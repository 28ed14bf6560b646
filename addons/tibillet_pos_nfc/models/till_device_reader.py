import base64

from cryptography.fernet import Fernet, InvalidToken

from odoo import api, models

from odoo.addons.tibillet_base import keyring

from .till import Refusal, answering

# A tap that takes longer on its way to the till is no tap any more.
TAP_SECONDS = 10
# Milliseconds of a clock that tells a year below 2300.
MAX_CLOCK = 10**13


class TibilletTillDevice(models.Model):
    """A phone that reads cards for a till: what it reads goes to that till alone, once, at once, and is stored nowhere.

    The bus keeps what it carries for a while, so the chip's number travels sealed.
    """

    _inherit = "tibillet.till.device"

    @api.model
    def _reader_tap(self, device, uid, at):
        """Send a tap from a reader to its till.

        :param device: who reads (sudo), empty when it is not paired
        :param at: milliseconds of the phone's clock, growing from tap to tap: an old request is not played again
        :return: ``{status: sent, till}`` or a refusal (codes device, uid, replay, closed)
        """
        answer = {}
        with answering(answer):
            if device.kind != "reader" or not device.config_id.active:
                raise Refusal("device", self.env._("This phone is no reader any more. Ask a manager to pair it."))
            till = self.env["tibillet.till"]
            till._digest({"uid": uid, "source": "remote"})
            if type(at) is not int or not device.last_tap < at < MAX_CLOCK:
                raise Refusal("replay", self.env._("This tap was sent already. Tap the card again."))
            if not device.config_id.has_active_session:
                raise Refusal("closed", self.env._("%s is closed. Open it first.", device.config_id.name))
            device.last_tap = at
            device._seen()
            device.config_id._notify(
                "TIBILLET_TAP",
                {"sealed": _seal(device.config_id).encrypt(uid.encode()).decode(), "device": device.name},
            )
            answer.update(status="sent", till=device.config_id.name)
        return answer

    @api.model
    def _page_words(self):
        """What the pages say from their script."""
        return {
            "ready": self.env._("Hold a card against the back of this phone."),
            "asleep": self.env._("Touch the button, then hold cards against the back of this phone."),
            "unsupported": self.env._(
                "This phone has no NFC reader for the web. Use Chrome on Android, or plug a reader in."
            ),
            "refused": self.env._("The reader was refused. Allow NFC for this page in the browser's settings."),
            "sent": self.env._("Sent to %s"),
            "unreadable": self.env._("The card left too soon. Tap it again."),
            "offline": self.env._("No network: the till did not get this card. Tap it again."),
        }


class TibilletTill(models.AbstractModel):
    _inherit = "tibillet.till"

    @api.model
    def _remote_tap(self, session_id, sealed):
        """Open a tap that the till's bus brought.

        :return: ``{status: ok, uid}``, or a refusal: too old, or another till's
        """
        answer = {}
        with answering(answer):
            config = self._standing_session(session_id).config_id
            try:
                uid = _seal(config).decrypt(sealed if isinstance(sealed, str) else "", ttl=TAP_SECONDS).decode()
            except InvalidToken:
                raise Refusal("stale", self.env._("This tap came too late. Tap the card again.")) from None
            answer.update(status="ok", uid=uid)
        return answer


def _seal(config):
    """What seals a till's taps: a key of its own, from the keyring."""
    key = bytes.fromhex(keyring.digest("remote_tap", str(config.id)))
    return Fernet(base64.urlsafe_b64encode(key))
