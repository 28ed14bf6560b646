from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """Cups out and back, at their price and back in an order of their own; articles that the house offers."""

    _inherit = "pos.order"

    def action_pos_order_paid(self):
        self._check_tibillet_deposits()
        self.lines._check_tibillet_offered()
        return super().action_pos_order_paid()

    def _check_tibillet_deposits(self):
        """Refuse a deposit at another price, and cups that come back among other articles."""
        deposits = self.lines._tibillet_deposits()
        for line in deposits:
            if line.discount or self.currency_id.compare_amounts(line.price_unit, line.product_id.lst_price):
                raise UserError(
                    self.env._(
                        "%(product)s is lent and taken back at %(price)s.",
                        product=line.product_id.name,
                        price=self.currency_id.format(line.product_id.lst_price),
                    )
                )
        if deposits.filtered(lambda line: line.qty < 0) and deposits != self.lines:
            raise UserError(
                self.env._("Cups that come back make an order of their own. Take them out, then sell the rest.")
            )

    def _tibillet_is_deposit_return(self):
        """Whether this order only pays deposits back."""
        return bool(self.lines) and self.lines._tibillet_deposits() == self.lines and self.amount_total < 0
