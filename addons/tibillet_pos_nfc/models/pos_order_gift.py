from collections import Counter, defaultdict
from fractions import Fraction

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger

from ..const import gift_back_key
from ..gift import back, share


class PosOrder(models.Model):
    """Gift credit as a discount: what the taps took off is what the order's lines say, tax group by tax group."""

    _inherit = "pos.order"

    def action_pos_order_paid(self):
        if self.state == "draft":
            self.lines._tibillet_gifts()._tibillet_turn_taxes()
            self._check_tibillet_gift_lines()
        return super().action_pos_order_paid()

    def _check_tibillet_gift_lines(self):
        """Refuse lines of gift credit that no tap stands behind, or that share it otherwise over the taxes.

        :raise UserError: a sentence for the cashier
        """
        gifts, taken = self.lines._tibillet_gifts(), sum(self.payment_ids.mapped("tibillet_gift"))
        due = Counter()
        for parts in self._tibillet_gift_back().values():
            due.update(parts)
        if taken and self.lines.refunded_orderline_id:
            raise UserError(self.env._("What comes back makes an order of its own: refund it, then sell the rest."))
        if taken:
            lowered = self.lines._tibillet_lowered()._tibillet_by_tax_group()
            if taken > sum(total for total in lowered.values() if total > 0):
                raise UserError(
                    self.env._("The gift credit is above the price. Give the card payment back, then tap again.")
                )
            due.subtract(share(lowered, taken))
        said = Counter()
        for line in gifts:
            if line.qty != 1 or line.discount or line.refunded_orderline_id:
                raise UserError(self._tibillet_gift_forged())
            said[line._tibillet_tax_group()] += round(line._tibillet_price() * 10**self.currency_id.decimal_places)
        if {group: minor for group, minor in said.items() if minor} != {
            group: minor for group, minor in due.items() if minor
        }:
            raise UserError(self._tibillet_gift_forged())

    def _tibillet_gift_forged(self):
        if self.lines.refunded_orderline_id:
            return self.env._(
                "Gift credit lowered this price: it goes back to its card, and is never paid out. Refund it from the "
                "orders, with the network."
            )
        return self.env._("What gift credit takes off is not what the card was tapped for. Give it back and tap again.")

    def _tibillet_gift_back(self):
        """{order that was refunded: {tax group: minor units of gift credit that come back}}."""
        returned = Counter()
        for line in self.lines.filtered("refunded_orderline_id"):
            returned[line.refunded_orderline_id.id] -= line.qty
        return self.lines.refunded_orderline_id._tibillet_gift_back(returned)

    def _tibillet_gift_back_of(self, returned):
        """{tax group: minor units} of gift credit that comes back from this order with {id of a line: quantity}."""
        lines = self.lines._tibillet_lowered()
        gifts, sold = self.lines._tibillet_gifts()._tibillet_by_tax_group(), lines._tibillet_by_tax_group()
        before, after = defaultdict(Fraction), defaultdict(Fraction)
        for line in lines.filtered(lambda line: line.qty > 0):
            group, worth = line._tibillet_tax_group(), sum(line._tibillet_by_tax_group().values())
            came = line._tibillet_refunded_before() / Fraction(str(line.qty))
            comes = Fraction(str(returned.get(line.id, 0))) / Fraction(str(line.qty))
            before[group] += worth * came
            after[group] += worth * min(came + comes, 1)
        parts = {
            group: back(-gift, sold[group], after[group]) - back(-gift, sold[group], before[group])
            for group, gift in gifts.items()
            if gift < 0 and sold.get(group)
        }
        return {group: amount for group, amount in parts.items() if amount}

    def _tibillet_gift_requests(self):
        """What the ledger is asked for the gift credit of this order: captures, and what goes back to cards.

        :raise UserError: a tap is another's, or a card takes nothing back
        """
        lines = []
        for order, parts in self._tibillet_gift_back().items():
            lines += order.payment_ids._tibillet_give_gift_back(sum(parts.values()))
        place = self.company_id.tibillet_place_id
        returned = [ledger.Entry(gift_back_key(self.uuid), "refund", place.id, tuple(lines))] if lines else []
        return self.payment_ids._tibillet_gift_captures() + returned

    def _tibillet_gift_keys(self):
        """Keys of the ledger's transactions by which gift credit lowered these orders, or came back."""
        orders = self.filtered(lambda order: order.lines._tibillet_gifts())
        taken = [payment._tibillet_gift_key() for payment in orders.payment_ids._tibillet_gifts()]
        given = orders.filtered(lambda order: order.lines.refunded_orderline_id and not order._tibillet_gift_taken())
        return taken + [gift_back_key(order.uuid) for order in given]

    def _tibillet_gift_taken(self):
        return bool(self.payment_ids._tibillet_gifts())
