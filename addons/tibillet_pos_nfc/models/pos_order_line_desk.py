from odoo import models


class PosOrderLine(models.Model):
    """A card is emptied at the desk by a line below zero, which the server alone may make."""

    _inherit = "pos.order.line"

    def _check_tibillet_top_up(self, asset, card, place, amount):
        if amount >= 0 or not self._tibillet_is_paid_back():
            return super()._check_tibillet_top_up(asset, card, place, amount)
        return None

    def _tibillet_is_paid_back(self):
        """Whether an act of the desk, which was checked and logged in this very transaction, makes this line's order."""
        act = (
            self.env["tibillet.till.act"]
            .sudo()
            .search([("order_uuid", "=", self.order_id.uuid), ("kind", "in", ("pay_back", "cash_back"))], limit=1)
        )
        lines = self.order_id.lines
        total = round(-sum(lines.mapped("price_subtotal_incl")) * 10**self.currency_id.decimal_places)
        return (
            act.session_id == self.order_id.session_id
            and act.amount == total
            and set(lines.mapped("tibillet_card")) == {act.card_number}
        )
