import re

from odoo import api, models

CODE = re.compile(r"[\w-]{1,64}", re.ASCII)


class TibilletCard(models.Model):
    _inherit = "tibillet.card"

    @api.model
    def _of_qr(self, code):
        """The card (sudo) whose printed QR code this is, else empty."""
        cards = self.sudo()
        return cards.search([("qr_uuid", "=", code)], limit=1) if CODE.fullmatch(code) else cards.browse()

    @api.model
    def _of_print(self, number):
        """The card (sudo) whose printed number somebody typed, spaces and case aside, else empty."""
        typed = "".join(character for character in (number or "").upper() if character.isalnum())
        return self.sudo().search([("number", "=", typed)], limit=1) if len(typed) == 8 else self.sudo().browse()

    def _may_be_claimed(self):
        """Whether somebody may make this card theirs on the web."""
        return bool(self) and not self.partner_id and self.state in ("blank", "active")
