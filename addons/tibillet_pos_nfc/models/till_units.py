from odoo import models

from odoo.addons.tibillet_base import ledger

from ..const import MAX_AMOUNT, payment_key, row_id, session_owner
from .product_units import UNIT_KINDS
from .till import Refusal


class TibilletTill(models.AbstractModel):
    """Hours and points that a tap pays beside its euros: whole, from one card, or nothing at all."""

    _inherit = "tibillet.till"

    def _check_units(self, place_id, units):
        """{asset (sudo): amount} of what a till asks: ``[{asset, amount}]``, each once, accepted here."""
        well_formed = isinstance(units, list | tuple) and all(
            isinstance(row, dict)
            and row_id(row.get("asset"))
            and type(row.get("amount")) is int
            and 0 < row["amount"] <= MAX_AMOUNT
            for row in units
        )
        if not well_formed or len({row["asset"] for row in units}) < len(units):
            raise Refusal("request", self.env._("The till sent an incomplete payment. Reload the page."))
        if not units:
            return {}
        accepted = self.env["tibillet.place"].browse(place_id)._accepted_asset_ids()
        assets = self.env["tibillet.asset"].sudo().browse(row["asset"] for row in units)
        refused = assets.filtered(lambda asset: asset.id not in accepted or asset.kind not in UNIT_KINDS)
        if refused:
            raise Refusal("asset", self.env._("An article costs hours or points that are not taken here."))
        return {self.env["tibillet.asset"].sudo().browse(row["asset"]): row["amount"] for row in units}

    def _hold_units(self, cr, counter, payment_uuid, wallet_id, units, payload):
        """Hold each currency whole; one that is short gives the others back.

        :return: list of :class:`ledger.Hold`
        :raise Refusal: code ``units``, with what lacks
        """
        taken = []
        for asset, amount in units.items():
            uuid = f"{payment_uuid}/{asset.id}"
            try:
                taken.append(self._hold(cr, counter, uuid, wallet_id, amount, [asset.id], payload))
            except ledger.Insufficient as short:
                self._give_back(cr, taken)
                raise Refusal(
                    "units",
                    self.env._(
                        "The card lacks %(missing)s of %(asset)s. Nothing was debited: one card pays all of it.",
                        missing=asset.format(short.missing),
                        asset=asset.name,
                    ),
                ) from short
        return taken

    def _give_back(self, cr, taken):
        for hold in taken:
            ledger.release(cr, hold.key)

    def _held_units(self, taken):
        """What the till keeps and shows of the hours and points that a tap holds."""
        assets = self.env["tibillet.asset"].sudo().browse(hold.lines[0][0] for hold in taken)
        return {
            "unit_holds": ",".join(hold.key for hold in taken),
            "units": [
                {"asset": asset.name, "text": asset.format(hold.amount)}
                for asset, hold in zip(assets, taken, strict=True)
            ],
        }

    def _release_units(self, cr, counter, key):
        """Give back the hours and points that were held with a payment's euros."""
        uuid = key.removeprefix(payment_key("")).split("/")[0].split(":")[0]
        cr.execute(
            "SELECT key FROM tibillet_ledger_hold WHERE owner = %s AND state = 'held' AND starts_with(key, %s)",
            [session_owner(counter.session_id), f"{payment_key(uuid)}/"],
        )
        for (unit_key,) in cr.fetchall():
            ledger.release(cr, unit_key)
