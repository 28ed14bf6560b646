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
    def _tap(self, uid):
        """Read an active card in one query: a customer waits.

        :param str uid: as the reader gave it; UserError for what no usable card can give
        :return: :class:`Tapped`, or None when only :meth:`_resolve` can say more: unknown, not active, short tag,
            hashed with an older key, never used
        """
        digest = keyring.digest("uid", self._normalise_uid(uid))
        self.flush_model(["state", "partner_id", "wallet_id", "uid_hash", "number"])
        self.env.cr.execute(
            """SELECT c.number, coalesce(p.name, ''),
                      CASE WHEN c.partner_id IS NULL THEN c.wallet_id
                           ELSE (SELECT w.id FROM tibillet_wallet w WHERE w.partner_id = c.partner_id) END
                 FROM tibillet_card c LEFT JOIN res_partner p ON p.id = c.partner_id
                WHERE c.uid_hash = %s AND c.state = 'active'""",
            [digest],
        )
        row = self.env.cr.fetchone()
        return Tapped(*row) if row and row[2] else None

    def _tapped(self):
        """The same of one card that was resolved, its wallet opened at need."""
        self.ensure_one()
        return Tapped(self.number, self.partner_id.name or "", self._wallet().id)
