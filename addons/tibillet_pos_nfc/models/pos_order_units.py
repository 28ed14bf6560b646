from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """Hours and points that an order costs, captured with its euros, given back with its articles."""

    _inherit = "pos.order"

    def _tibillet_unit_requests(self):
        """What the ledger is asked for the articles of this order that cost hours or points.

        :raise UserError: the taps hold another amount than the articles cost
        """
        payments = self.payment_ids._tibillet_nfc()
        captures = payments._tibillet_unit_captures()
        held = defaultdict(int)
        for hold, _capture in captures:
            held[hold.lines[0][0]] += hold.amount
        due = self.lines._tibillet_units_due()
        for asset_id in held.keys() | due.keys():
            if held[asset_id] != due.get(asset_id, 0):
                asset = self.env["tibillet.asset"].sudo().browse(asset_id)
                raise UserError(
                    self.env._(
                        "This costs %(due)s of %(asset)s and the card was tapped for %(held)s: delete its line and tap it "
                        "again.",
                        due=asset.format(due.get(asset_id, 0)),
                        held=asset.format(held[asset_id]),
                        asset=asset.name,
                    )
                )
        return [capture for _hold, capture in captures] + self.lines._tibillet_units_back()
