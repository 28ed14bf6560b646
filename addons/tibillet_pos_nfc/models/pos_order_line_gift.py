from collections import defaultdict
from fractions import Fraction

from odoo import api, models
from odoo.exceptions import UserError

PAID = ("paid", "done")
PROTECTED = {"product_id", "qty", "price_unit", "discount", "tax_ids", "extra_tax_data", "order_id"}


class PosOrderLine(models.Model):
    """The lines by which gift credit lowers an order's price: one a tax group, none of them an article."""

    _inherit = "pos.order.line"

    def write(self, vals):
        if not PROTECTED.isdisjoint(vals):
            self._check_tibillet_gift_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gift(self):
        self._check_tibillet_gift_kept()

    def _check_tibillet_gift_kept(self):
        if self._tibillet_gifts().order_id.filtered(lambda order: order.state in PAID):
            raise UserError(self.env._("Gift credit of a paid order cannot be changed. Refund the order instead."))

    def _tibillet_gifts(self):
        """The lines by which gift credit lowers a price, or comes back with a refund."""
        return self.filtered(
            lambda line: line.product_id and line.product_id == line.company_id.sudo().tibillet_gift_product_id
        )

    def _tibillet_lowered(self):
        """The lines whose price gift credit may lower: neither top-ups nor deposits, which are no sale."""
        return self - self._tibillet_gifts() - self._tibillet_deposits() - self._tibillet_top_ups()

    def _tibillet_tax_group(self):
        """Ids of the taxes by which this line shares a gift (str): those that a discount lowers."""
        taxes = self.tax_ids.filtered(lambda tax: tax._can_be_discounted())
        return ",".join(map(str, sorted(taxes.ids)))

    def _tibillet_by_tax_group(self):
        """{tax group: minor units with tax}; negative when the lines come back. As the till said, once that is checked."""
        groups = defaultdict(int)
        for line in self:
            sign = -1 if line.qty * line.price_unit < 0 else 1
            total = abs(line.price_subtotal_incl) * 10**line.currency_id.decimal_places
            groups[line._tibillet_tax_group()] += sign * round(total)
        return dict(groups)

    def _tibillet_price(self):
        """A gift line's taxes are its own, to the cent: Odoo's tax engine says what the books will."""
        if not self._tibillet_gifts():
            return super()._tibillet_price()
        taxes, company = self.env["account.tax"], self.order_id.company_id
        base_line = self._prepare_base_line_for_taxes_computation()
        taxes._add_tax_details_in_base_lines([base_line], company)
        taxes._round_base_lines_tax_details([base_line], company)
        details = base_line["tax_details"]
        total = details["total_excluded_currency"] + details["delta_total_excluded_currency"]
        total += sum(tax["tax_amount_currency"] for tax in details["taxes_data"])
        return total if base_line["quantity"] == self.qty else -total

    def _tibillet_turn_taxes(self):
        """Where money is paid out, Odoo reads every line of the order the other way round: its own taxes too."""
        taxes = self.env["account.tax"]
        for line in self.filtered("extra_tax_data"):
            base_line = line._prepare_base_line_for_taxes_computation()
            if line.extra_tax_data.get("quantity") == -base_line["quantity"]:
                line.extra_tax_data = taxes._reverse_quantity_base_line_extra_tax_data(line.extra_tax_data)

    def _tibillet_gift_back(self, returned):
        """What gift credit gets back when these sold lines come back.

        :param returned: {id of the line: quantity that comes back now}
        :return: {order that sold them: {tax group: minor units}}
        """
        orders = self.order_id.filtered(lambda order: order.lines._tibillet_gifts())
        return {order: order._tibillet_gift_back_of(returned) for order in orders}

    def _tibillet_refunded_before(self):
        """How many of these came back in orders that are paid, as a positive number."""
        return -sum(Fraction(str(line.qty)) for line in self.refund_orderline_ids if line.order_id.state in PAID)
