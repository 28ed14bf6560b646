from typing import NamedTuple

from odoo import api, models

from .. import keyring


class Tapped(NamedTuple):
    """What a till needs of an active card: printed number, holder's name ("" when anonymous), wallet's id."""

    number: str
    holder: str
    wallet_id: int


class TibilletCard(models.Model):
    _inherit = "tibillet.card"

    @api.model
    def _digest(self, uid):
        """What a card with this UID is found by (`uid_hash`), unless it was hashed with an older key.

        :param str uid: as the reader gave it; UserError for what no usable card can give
        """
        return keyring.digest("uid", self._normalise_uid(uid))

    def _tapped(self):
        """One card that was resolved (:meth:`_resolve`), its wallet opened at need."""
        self.ensure_one()
        return Tapped(self.number, self.partner_id.name or "", self._wallet().id)
