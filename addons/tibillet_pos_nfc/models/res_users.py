import hmac
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.tibillet_base import keyring

PIN = re.compile(r"[0-9]{4,8}")


class ResUsers(models.Model):
    """The PIN by which a manager approves an act at a till without their card."""

    _inherit = "res.users"

    tibillet_pin = fields.Char(
        "Approval PIN",
        compute="_compute_tibillet_pin",
        inverse="_inverse_tibillet_pin",
        help="Four to eight digits, typed at a till to approve a gift, a void or a cash-back. It is never shown again.",
    )
    tibillet_has_pin = fields.Boolean("PIN set", compute="_compute_tibillet_has_pin")
    tibillet_is_approver = fields.Boolean("Approves acts", compute="_compute_tibillet_is_approver")
    tibillet_pin_hash = fields.Char("PIN hash", readonly=True, copy=False, groups=fields.NO_ACCESS)

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "tibillet_pin", "tibillet_has_pin", "tibillet_is_approver"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "tibillet_pin"]

    def _compute_tibillet_pin(self):
        self.tibillet_pin = False

    @api.depends("tibillet_pin_hash")
    def _compute_tibillet_has_pin(self):
        for user in self:
            user.tibillet_has_pin = bool(user.sudo().tibillet_pin_hash)

    @api.depends("group_ids")
    def _compute_tibillet_is_approver(self):
        for user in self:
            user.tibillet_is_approver = user.has_group("tibillet_base.group_manager")

    def _inverse_tibillet_pin(self):
        """A keyed hash: who steals the database lacks the key, without which so few digits are soon guessed."""
        for user in self.filtered("tibillet_pin"):
            if user != self.env.user and not self.env.su:
                raise AccessError(self.env._("A PIN is chosen by who bears it, in their preferences."))
            if not PIN.fullmatch(user.tibillet_pin):
                raise ValidationError(self.env._("A PIN is four to eight digits."))
            user.sudo().tibillet_pin_hash = keyring.digest("pin", f"{user.id}:{user.tibillet_pin}")

    def _tibillet_bears(self, pin):
        """The users among these whose PIN this is."""
        return self.filtered(
            lambda user: any(
                hmac.compare_digest(user.sudo().tibillet_pin_hash or "", digest)
                for digest in keyring.digests("pin", f"{user.id}:{pin}")
            )
        )
