from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import payment_key
from ..posted import posted_parts
from ..split import share_quantity, split


class TibilletOrderLineSplit(models.Model):
    """Which payment, and which currency of a card, paid which part of an order's line. Written when the order is paid."""

    _name = "tibillet.order.line.split"
    _description = "Part of a line paid by one currency"
    _log_access = False
    _order = "line_id, id"
    _rec_name = "line_id"

    line_id = fields.Many2one("pos.order.line", "Article", required=True, readonly=True, ondelete="cascade", index=True)
    order_id = fields.Many2one("pos.order", required=True, readonly=True, ondelete="cascade", index=True)
    payment_method_id = fields.Many2one("pos.payment.method", "Paid by", readonly=True, ondelete="restrict")
    asset_id = fields.Many2one(
        "tibillet.asset", "Currency of the card", readonly=True, ondelete="restrict", help="Empty for cash and bank."
    )
    qty = fields.Float("Quantity", digits=(16, 6), readonly=True)
    amount = fields.Monetary(readonly=True)
    units = fields.Integer(readonly=True, aggregator="sum", help="Of time and points: in the smallest unit.")
    units_back = fields.Integer("Units given back", readonly=True, help="In the smallest unit.")
    card_number = fields.Char("Card", readonly=True, help="Which card paid the time and points.")
    units_text = fields.Char("Time and points", compute="_compute_units_text")
    currency_id = fields.Many2one(related="order_id.currency_id")

    _once = models.Constraint("UNIQUE (line_id, payment_method_id, asset_id)", "This part of the line stands already.")

    @api.depends("units", "asset_id")
    def _compute_units_text(self):
        for part in self:
            part.units_text = part.asset_id.sudo().format(part.units) if part.units else False

    @api.model
    def _of_orders(self, orders):
        """Write the parts (sudo) of paid orders anew."""
        self.sudo().search([("order_id", "in", orders.ids)]).unlink()
        return self.sudo().create(
            [vals for order in orders for vals in (*self._parts(order), *self._unit_parts(order))]
        )

    def _parts(self, order):
        """Values of an order's parts: cards first, in the order of debit; a top-up is never paid by a card."""
        scale = 10**order.currency_id.decimal_places
        lines = [(line, round(line._tibillet_price() * scale)) for line in self._lines_to_share(order)]
        parts = self._payments_to_share(order, sum(amount for _line, amount in lines), scale)
        for line, row in split(lines, parts).items() if parts else ():
            shares = share_quantity(line.qty, list(row.values()))
            for ((method, asset), amount), qty in zip(row.items(), shares, strict=True):
                yield {
                    "line_id": line.id,
                    "order_id": order.id,
                    "payment_method_id": method,
                    "asset_id": asset,
                    "qty": float(qty),
                    "amount": amount / scale,
                }

    def _unit_parts(self, order):
        """Values of what was paid in time and points: whole, by one card."""
        lines = order.lines._tibillet_priced_in_units()
        payments = order.payment_ids if lines else order.payment_ids.browse()
        paid = {hold.lines[0][0]: pay for pay in payments for hold in pay._tibillet_unit_holds_read()}
        for line in lines:
            asset = line.product_id.tibillet_price_asset_id
            payment = paid.get(asset.id, payments.browse())
            yield {
                "line_id": line.id,
                "order_id": order.id,
                "payment_method_id": payment.payment_method_id.id,
                "asset_id": asset.id,
                "qty": line.qty,
                "amount": 0.0,
                "units": line._tibillet_units(),
                "card_number": payment.tibillet_card,
            }

    @api.model
    def _take_units_back(self, line, amount):
        """Count units (smallest) as given back on what paid `line`, and return that part (sudo).

        The row is written, so that of two refunds at once the second starts again and sees the first.
        :raise UserError: more than was paid
        """
        self.env.cr.execute(
            """UPDATE tibillet_order_line_split SET units_back = coalesce(units_back, 0) + %s
                WHERE line_id = %s AND units > 0 AND coalesce(units_back, 0) + %s <= units RETURNING id""",
            [amount, line.id, amount],
        )
        row = self.env.cr.fetchone()
        self.invalidate_model(["units_back"])
        if row is None:
            raise UserError(self.env._("%s was given back already.", line.product_id.name))
        return self.sudo().browse(row[0])

    def _lines_to_share(self, order):
        lines = order.lines - order.lines._tibillet_gifts()
        return lines.sorted(lambda line: bool(line.product_id.tibillet_asset_id))

    def _payments_to_share(self, order, total, scale):
        """[((payment method, asset or False), minor units)]; the last takes what the rounding of cash or taxes left."""
        payments = order.payment_ids.sorted(lambda payment: (payment not in payment._tibillet_nfc(), payment.id))
        posted = posted_parts(self.env.cr, [payment_key(payment.uuid) for payment in payments._tibillet_nfc()])
        # Gift credit that lowered the price first: no payment, but it is what these articles cost its card.
        parts = {(False, asset): amount for asset, amount in self._gifts_to_share(order)}
        for payment in payments:
            minor = round(payment.amount * scale)
            for asset, amount in posted.get(payment_key(payment.uuid)) or [(False, minor)]:
                part = (payment.payment_method_id.id, asset)
                parts[part] = parts.get(part, 0) + amount
        if parts:
            parts[next(reversed(parts))] += total - sum(parts.values())
        return list(parts.items())

    def _gifts_to_share(self, order):
        """[(asset, minor units)] of the gift credit that lowered an order's price, negative where it came back."""
        posted, parts = posted_parts(self.env.cr, order._tibillet_gift_keys()), {}
        for asset, amount in (part for gifts in posted.values() for part in gifts):
            parts[asset] = parts.get(asset, 0) + amount
        return list(parts.items())
