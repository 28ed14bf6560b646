from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import keyring

LAST = 255  # a ticket gives its key's number one byte


class TibilletTicketKey(models.Model):
    """What doors check a place's tickets with. The private half is derived from the keyring and never stored."""

    _name = "tibillet.ticket.key"
    _description = "Key of tickets"
    _order = "place_id, number desc"
    _rec_name = "number"

    place_id = fields.Many2one("tibillet.place", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="place_id.company_id", store=True)
    number = fields.Integer(required=True, readonly=True)
    public_key = fields.Char(required=True, readonly=True, help="Ed25519, hexadecimal.")
    revoked = fields.Boolean(help="No door takes a ticket that it signed.", readonly=True)

    _once = models.UniqueIndex("(place_id, number)", "This key exists already.")
    _one_byte = models.Constraint(f"CHECK (number BETWEEN 1 AND {LAST})", "A place has at most 255 keys.")

    @api.model
    def _current(self, place):
        """The key that `place` signs with: its newest that stands, made at need."""
        keys = self.sudo()
        current = keys.search([("place_id", "=", place.id), ("revoked", "=", False)], limit=1)
        return current or keys._add(place)

    def _add(self, place):
        number = self.search([("place_id", "=", place.id)], limit=1).number + 1
        if number > LAST:
            raise UserError(self.env._("%s has used its 255 keys.", place.name))
        public = keyring.public_key(self._identity(place, number))
        return self.create({"place_id": place.id, "number": number, "public_key": public})

    @api.model
    def _identity(self, place, number):
        return f"{place.uuid}:tickets:{number}"

    def _sign(self, body):
        """Signature (64 bytes) of a ticket's body (bytes); KeyringError in a copy of the database."""
        self.ensure_one()
        return bytes.fromhex(keyring.sign(self.env, self._identity(self.place_id, self.number), body))

    def action_rotate(self):
        """Sign with a new key from now on; tickets of the older ones stay good."""
        for place in self.place_id:
            place._check_manager()
            self.sudo()._add(place)
        return True

    def action_revoke(self):
        """A key that got out: its tickets are refused at every door, and have to be sent again."""
        self.place_id._check_manager()
        self.sudo().revoked = True
        return True
