import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import keyring

UID_BYTES = (4, 7, 10)


class TibilletCard(models.Model):
    """The chip of a card: kept as keyed hashes only, so that a stolen database cannot clone one card."""

    _inherit = "tibillet.card"

    uid_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    tag_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")
    key_id = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")
    chip_state = fields.Selection(
        [("none", "No chip yet"), ("tag", "Short tag"), ("bound", "Bound")],
        "Chip",
        compute="_compute_chip_state",
        compute_sudo=True,
        store=True,
        help="Bound: the full number of the chip is known. Short tag: the first tap binds it.",
    )

    _uid_unique = models.UniqueIndex("(uid_hash) WHERE uid_hash IS NOT NULL", "Another card already has this chip.")
    _key_known = models.Constraint(
        "CHECK (key_id IS NOT NULL OR (uid_hash IS NULL AND tag_hash IS NULL))",
        "A hash needs the key it was made with.",
    )

    @api.depends("uid_hash", "tag_hash")
    def _compute_chip_state(self):
        for card in self:
            card.chip_state = "bound" if card.uid_hash else "tag" if card.tag_hash else "none"

    @api.model
    def _normalise_uid(self, text):
        """The chip's UID as upper-case hex; UserError for what no usable card can give."""
        uid = re.sub(r"[\s:.-]", "", text).upper() if isinstance(text, str) else ""
        if not re.fullmatch(r"[0-9A-F]+", uid) or len(uid) % 2 or len(uid) // 2 not in UID_BYTES:
            raise UserError(self.env._("The reader could not read this card. Tap it again."))
        if len(uid) == 8 and uid.startswith("08"):
            raise UserError(self.env._("This chip gives a new number at each tap: it cannot be used as a card."))
        return uid

    @api.model
    def _resolve(self, uid):
        """The card (sudo) that has this UID; empty when unknown, several when its short tag is ambiguous.

        The full UID first; else its first eight hex digits among cards whose full UID was never seen, which binds
        it. A card hashed with an older key is hashed anew.
        """
        uid = self._normalise_uid(uid)
        cards = self.sudo()
        card = cards.search([("uid_hash", "in", list(keyring.digests("uid", uid)))], limit=1)
        if card and card.key_id != keyring.current_key_id():
            card._store_uid(uid)
        if card:
            return card
        tags = list(keyring.digests("tag", uid[:8]))
        found = cards.search([("tag_hash", "in", tags), ("uid_hash", "=", False), ("state", "!=", "void")])
        if len(found) == 1:
            found._store_uid(uid)
        return found

    def _bind(self, uid):
        """Tie this chip to the card in hand. UserError when chip or card is already taken, or the tag is another's."""
        self.ensure_one()
        uid = self._normalise_uid(uid)
        card = self.sudo()
        known = card.search([("uid_hash", "in", list(keyring.digests("uid", uid)))], limit=1)
        if known and known != card:
            raise UserError(self.env._("This chip is card %s already.", known.number))
        if card.uid_hash and not known:
            raise UserError(self.env._("Card %s has another chip already.", card.number))
        if card.tag_hash and card.tag_hash not in keyring.digests("tag", uid[:8]):
            raise UserError(self.env._("This chip is not the one of card %s.", card.number))
        card._store_uid(uid)

    def action_bind(self, uid):
        """Bind by a manager of the card's venue; `uid` as the reader typed it."""
        self._check_manager()
        self._bind(uid)

    @api.model
    def find(self, text):
        """Action that opens the card with this printed number, else with the chip that a reader typed.

        The text comes as an argument and is stored nowhere.
        """
        self.check_access("read")
        number = (text or "").strip().upper()
        card = self.sudo().search([("number", "=", number)]) or self._resolve(text)
        if len(card) != 1:
            raise UserError(card._refusal()[1])
        card = card.with_env(self.env)
        if not card.has_access("read"):
            raise UserError(self.env._("This card was issued elsewhere and holds nothing of yours."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": card.id,
            "views": [[False, "form"]],
        }

    def _store_uid(self, uid):
        """Keep a full UID, as hashes under the current key."""
        self.ensure_one()
        self.write(
            {
                "uid_hash": keyring.digest("uid", uid),
                "tag_hash": keyring.digest("tag", uid[:8]),
                "key_id": keyring.current_key_id(),
            }
        )
