from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..const import top_up_key


class PosOrderLine(models.Model):
    """An article that costs hours or points: what it takes, and what comes back with it."""

    _inherit = "pos.order.line"

    def _tibillet_units(self):
        """What this line costs in its product's hours or points (smallest unit), negative when it comes back."""
        return round(self.qty * self.product_id.tibillet_price_units)

    def _tibillet_priced_in_units(self):
        return self.filtered(lambda line: line.product_id.tibillet_price_asset_id and line.qty)

    def _tibillet_units_due(self):
        """{asset id: smallest units} that cards must pay for these lines."""
        due = defaultdict(int)
        for line in self._tibillet_priced_in_units():
            if line.price_unit:
                raise UserError(self.env._("%s costs time or points, not euros.", line.product_id.name))
            if line.qty < 0 and not line.refunded_orderline_id:
                raise UserError(self.env._("To give %s back, refund it from the orders.", line.product_id.name))
            if line.qty > 0:
                due[line.product_id.tibillet_price_asset_id.id] += line._tibillet_units()
        return dict(due)

    def _tibillet_units_back(self):
        """Entries that give hours and points back to the card that paid them."""
        lines = self._tibillet_priced_in_units().filtered(lambda line: line.qty < 0)
        return [line._tibillet_unit_refund() for line in lines]

    def _tibillet_unit_refund(self):
        origin, amount = self.refunded_orderline_id, -self._tibillet_units()
        part = self.env["tibillet.order.line.split"]._take_units_back(origin, amount)
        card = self.env["tibillet.card"].sudo().search([("number", "=", part.card_number or "")])
        refusal = card._refusal()
        if refusal:
            raise UserError(refusal[1])
        place, asset = self.order_id.company_id.tibillet_place_id, part.asset_id
        lines = (
            ledger.Line(place.wallet_id.id, asset.id, -amount),
            ledger.Line(card._wallet().id, asset.id, amount),
        )
        return ledger.Entry(f"{top_up_key(self.uuid)}:units", "refund", place.id, lines)
