import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import keyring

UID_BYTES = (4, 7, 10)


class TibilletCard(models.Model):
    _name = "tibillet.card"
    _description = "Card"
    _inherit = ["mail.thread"]
    _rec_name = "number"
    _order = "number"
    _mail_post_access = "read"

    number = fields.Char(required=True, readonly=True, help="The eight characters printed on the card.")
    qr_uuid = fields.Char("QR code", required=True, readonly=True)
    batch_id = fields.Many2one("tibillet.card.batch", required=True, readonly=True, ondelete="restrict", index=True)
    place_id = fields.Many2one(related="batch_id.place_id", store=True, index=True)
    uid_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    tag_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")
    key_id = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")
    state = fields.Selection(
        [("blank", "Blank"), ("active", "Active"), ("lost", "Lost"), ("blocked", "Blocked"), ("void", "Void")],
        required=True, readonly=True, default="blank", tracking=True, index=True,
    )
    partner_id = fields.Many2one("res.partner", "Holder", readonly=True, ondelete="restrict", index="btree_not_null")
    wallet_id = fields.Many2one("tibillet.wallet", "Own wallet", readonly=True, copy=False, ondelete="restrict", index="btree_not_null")

    _number_unique = models.UniqueIndex("(number)", "Another card already bears this number.")
    _qr_unique = models.UniqueIndex("(qr_uuid)", "Another card already bears this QR code.")
    _uid_unique = models.UniqueIndex("(uid_hash) WHERE uid_hash IS NOT NULL", "Another card already has this chip.")
    _number_shape = models.Constraint("CHECK (number ~ '^[A-Z0-9]{8}$')", "A printed number is eight letters or digits.")
    _key_known = models.Constraint(
        "CHECK (key_id IS NOT NULL OR (uid_hash IS NULL AND tag_hash IS NULL))", "A hash needs the key it was made with.",
    )

    @api.model
    def _normalise_uid(self, text):
        """The chip's UID as upper-case hex; UserError for what no usable card can give."""
        uid = re.sub(r"[\s:.-]", "", str(text or "")).upper()
        if not re.fullmatch(r"[0-9A-F]+", uid) or len(uid) % 2 or len(uid) // 2 not in UID_BYTES:
            raise UserError(self.env._("The reader gave no card number. Tap the card again."))
        if len(uid) == 8 and uid.startswith("08"):
            raise UserError(self.env._("This chip gives a new number at each tap: it cannot be used as a card."))
        return uid

    @api.model
    def _resolve(self, uid):
        """The card (sudo) whose chip has this UID, empty when unknown; several when its short tag is ambiguous.

        The full UID first; else its first eight hex digits among cards whose UID was never seen, which binds it.
        """
        uid = self._normalise_uid(uid)
        cards = self.sudo()
        candidates = keyring.digests("uid", uid)
        card = cards.search([("uid_hash", "in", list(candidates))], limit=1)
        if card:
            if card.key_id != keyring.current_key_id():
                card._store_uid(uid)
            return card
        tags = keyring.digests("tag", uid[:8])
        found = cards.search([("tag_hash", "in", list(tags)), ("uid_hash", "=", False)])
        if len(found) == 1:
            found._store_uid(uid)
        return found

    def _store_uid(self, uid):
        """Keep the full UID as hashes under the current key."""
        self.ensure_one()
        self.write({
            "uid_hash": keyring.digest("uid", uid),
            "tag_hash": keyring.digest("tag", uid[:8]),
            "key_id": keyring.current_key_id(),
        })

    def _refusal(self):
        """Why this card cannot pay, as (code, sentence), or None; codes: unknown, ambiguous, blank, lost, blocked, void."""
        if not self:
            return "unknown", self.env._("This card is not known here.")
        if len(self) > 1:
            return "ambiguous", self.env._("Several cards share this short tag. Ask a manager to bind it by its printed number.")
        return {
            "blank": ("blank", self.env._("This card is new. Top it up first.")),
            "lost": ("lost", self.env._("This card was declared lost. Keep it and call a manager.")),
            "blocked": ("blocked", self.env._("This card is blocked. Call a manager.")),
            "void": ("void", self.env._("This card is void. Give its holder a new one.")),
        }.get(self.state)

    def _wallet(self):
        """The wallet this card pays from: its holder's, else its own, made at need."""
        self.ensure_one()
        wallets = self.env["tibillet.wallet"].sudo()
        if self.partner_id:
            return wallets._for_partner(self.partner_id)
        return self.wallet_id or wallets._for_card(self)

    def _activate(self):
        """First use of a blank card; nothing to do for an active one."""
        self.filtered(lambda card: card.state == "blank").sudo().write({"state": "active"})
