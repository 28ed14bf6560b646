from odoo import models
from odoo.exceptions import UserError

PAID = ("paid", "done")


class PosOrderLine(models.Model):
    """What comes back was sold, for at least as much."""

    _inherit = "pos.order.line"

    def _check_tibillet_refunds(self):
        """Refuse a refund above what its line sold, or of another article.

        :raise UserError: a sentence for the cashier
        """
        refunds = self.filtered(lambda line: line.refunded_orderline_id and line.order_id.company_id.tibillet_place_id)
        if not refunds:
            return
        # The rows are written, so that of two refunds at once the second starts again and sees the first.
        self.env.cr.execute("UPDATE pos_order_line SET id = id WHERE id = ANY(%s)", [refunds.refunded_orderline_id.ids])
        for line in refunds:
            origin = line.refunded_orderline_id
            if line.product_id != origin.product_id or origin.order_id.state not in PAID:
                raise UserError(self.env._("%s is not what was sold. Refund it from the orders.", line.product_id.name))
            if line._tibillet_price() >= 0:
                continue
            back = origin.refund_orderline_ids.filtered(lambda other: other.order_id.state in PAID) | refunds.filtered(
                lambda other, origin=origin: other.refunded_orderline_id == origin
            )
            # A part of a line is rounded alone; a card is filled and emptied to the cent.
            slack = 0 if origin.product_id.tibillet_asset_id else len(back) * origin.currency_id.rounding
            left = origin._tibillet_price() + sum(other._tibillet_price() for other in back) + slack
            if origin.currency_id.compare_amounts(left, 0) < 0:
                raise UserError(
                    self.env._(
                        "%s: this gives back more than was sold. Refund it from the orders.", origin.product_id.name
                    )
                )
