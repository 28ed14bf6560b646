from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.tibillet_base import ledger

from ..const import gift_key, hold_keys, payment_key
from ..posted import posted_to_place
from .pos_payment import give_back


class PosPayment(models.Model):
    """The gift credit that a tap takes off the order's price: captured with the rest, which alone is the payment."""

    _inherit = "pos.payment"

    tibillet_gift_hold = fields.Char(
        "Gift credit held", copy=False, help="What the tap reserved to lower the order's price."
    )
    tibillet_gift = fields.Integer(
        "Gift credit taken off", copy=False, help="What the tap took off the order's price, in the smallest unit."
    )
    tibillet_gift_refunded = fields.Integer(
        "Gift credit given back", readonly=True, copy=False, help="In the smallest unit."
    )
    tibillet_gift_amount = fields.Monetary(
        "Gift credit",
        compute="_compute_tibillet_gift_amount",
        help="What the same tap took off the order's price, less what came back.",
    )

    @api.depends("tibillet_gift", "tibillet_gift_refunded")
    def _compute_tibillet_gift_amount(self):
        for payment in self:
            minor = payment.tibillet_gift - payment.tibillet_gift_refunded
            payment.tibillet_gift_amount = minor / 10**payment.currency_id.decimal_places

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_gift_refunded(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_gift_refunded(vals))

    def _without_gift_refunded(self, vals):
        """The server alone counts what was given back, in SQL."""
        return {name: value for name, value in vals.items() if name != "tibillet_gift_refunded"}

    @api.constrains("tibillet_gift", "payment_method_id")
    def _check_tibillet_gift(self):
        for payment in self:
            if payment.tibillet_gift < 0 or (payment.tibillet_gift and not payment._tibillet_nfc()):
                raise ValidationError(self.env._("Gift credit is taken off by tapping its card."))

    def _tibillet_gifts(self):
        """The payments that took gift credit off a price."""
        return self.filtered("tibillet_gift")

    def _tibillet_gift_key(self):
        """Key under which this payment's gift credit is captured."""
        return payment_key(gift_key(self.uuid))

    def _tibillet_gift_captures(self):
        """Captures of the gift credit that these taps took off.

        :raise UserError: no tap is behind it, or it held another amount
        """
        gifts = self._tibillet_gifts()
        holds = ledger.holds(self.env.cr, [key for key in gifts.mapped("tibillet_gift_hold") if key])
        return [
            payment._tibillet_capture_of(
                holds.get(payment.tibillet_gift_hold), gift_key(payment.uuid), payment.tibillet_gift
            )
            for payment in gifts
        ]

    def _check_tibillet_gift_captured(self):
        """What was taken off a paid order is captured, whole."""
        gifts = self._tibillet_gifts()
        if not gifts:
            return
        captured = posted_to_place(self.env.cr, [payment._tibillet_gift_key() for payment in gifts])
        for payment in gifts:
            if captured.get(payment._tibillet_gift_key()) != payment.tibillet_gift:
                raise ValidationError(payment._tibillet_no_tap())

    def _tibillet_give_gift_back(self, amount):
        """Lines of the ledger that give gift credit back to the cards that gave it, the last first.

        :param int amount: minor units, at most what these payments took off and did not give back yet
        :raise UserError: a card takes nothing any more, or more would come back than was taken off
        """
        lines = []
        holds = ledger.holds(self.env.cr, [key for key in self.mapped("tibillet_gift_hold") if key])
        for payment in self._tibillet_gifts().sorted("id", reverse=True):
            part = min(amount, payment.tibillet_gift - payment.tibillet_gift_refunded)
            if part <= 0:
                continue
            amount -= part
            hold = holds[payment.tibillet_gift_hold]
            already = payment._tibillet_count_gift_back(part)
            place, wallet = payment.pos_order_id.company_id.tibillet_place_id, payment._tibillet_gift_wallet(hold)
            for asset, minor in give_back(hold.lines, already, part):
                lines += [ledger.Line(place.wallet_id.id, asset, -minor), ledger.Line(wallet.id, asset, minor)]
        if amount:
            raise UserError(self.env._("The gift credit of this order was given back already."))
        return lines

    def _tibillet_count_gift_back(self, amount):
        """Count gift credit as given back, and return what was before; of two refunds at once the second starts again."""
        self.env.cr.execute(
            """UPDATE pos_payment SET tibillet_gift_refunded = coalesce(tibillet_gift_refunded, 0) + %s
                WHERE id = %s AND coalesce(tibillet_gift_refunded, 0) + %s <= tibillet_gift
            RETURNING tibillet_gift_refunded""",
            [amount, self.id, amount],
        )
        row = self.env.cr.fetchone()
        self.invalidate_recordset(["tibillet_gift_refunded"])
        if row is None:
            raise UserError(self.env._("The gift credit of this order was given back already."))
        return row[0] - amount

    def _tibillet_gift_wallet(self, hold):
        """The wallet (sudo) that gift credit goes back to; it is never paid out instead."""
        try:
            return self._tibillet_wallet_back(hold)
        except UserError as error:
            raise UserError(
                self.env._(
                    "Gift credit lowered this price, and its card takes nothing back now: replace or unblock the card, "
                    "then refund."
                )
            ) from error

    def _tibillet_release(self):
        result = super()._tibillet_release()
        for payment in self._tibillet_nfc():
            if payment.tibillet_gift_hold in hold_keys(gift_key(payment.uuid)):
                ledger.release(self.env.cr, payment.tibillet_gift_hold)
        return result
