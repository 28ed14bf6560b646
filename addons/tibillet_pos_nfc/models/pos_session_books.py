from odoo import models

from ..const import TERMINAL, payment_key, top_up_key


class PosSession(models.Model):
    """The wallets' side of a closing: cards paid, cards filled, other venues' cards."""

    _inherit = "pos.session"

    def _create_account_move(self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None):
        data = super()._create_account_move(balancing_account, amount_to_balance, bank_payment_method_diffs)
        top_ups = self._get_closed_orders().filtered(lambda order: not order.is_invoiced).lines._tibillet_top_ups()
        if top_ups:
            self._tibillet_booking()._attach([top_up_key(line.uuid) for line in top_ups], self.move_id)
        gifts = self._get_closed_orders()._tibillet_gift_keys()
        if gifts:
            # Their sale lines and VAT are lower already: nothing is left to book.
            self._tibillet_booking()._claim(gifts)
        bookings = self.env["tibillet.booking"].sudo().search([("origin", "=", self._tibillet_origin())])
        bookings.filtered(lambda booking: not booking.is_mirror)._schedule_mirrors()
        return data

    def _create_combine_account_payment(self, payment_method, amounts, diff_amount):
        """What cards paid is debited to what each asset is, not to an outstanding account."""
        if payment_method.use_payment_terminal != TERMINAL:
            return super()._create_combine_account_payment(payment_method, amounts, diff_amount)
        receivable = self._get_receivable_account(payment_method)
        payments = self._get_closed_orders().payment_ids.filtered(
            lambda payment: payment.payment_method_id == payment_method and payment._tibillet_minor(),
        )
        keys = [payment_key(payment.uuid) for payment in payments]
        move = self._tibillet_booking()._post_spends(keys, receivable, amounts["amount_converted"])
        return move.line_ids.filtered(lambda line: line.account_id == receivable)

    def _tibillet_booking(self):
        return self.env["tibillet.booking"].sudo()._of_closing(self.company_id, self._tibillet_origin(), self.name)

    def _tibillet_origin(self):
        return f"pos.session:{self.id}"

    def _get_related_account_moves(self):
        bookings = (
            self.env["tibillet.booking"]
            .sudo()
            .search(
                [
                    ("origin", "in", [session._tibillet_origin() for session in self]),
                    ("is_mirror", "=", False),
                ]
            )
        )
        return super()._get_related_account_moves() | bookings.move_ids

    # A top-up's line of the closing names its asset, and the venue that it is owed to.

    def _get_sale_key(self, base_line):
        key = super()._get_sale_key(base_line)
        asset = base_line["record"].product_id.tibillet_asset_id.sudo()
        if asset:
            key.update(tibillet_asset_id=asset.id, partner_id=asset._counterpart_account(self.company_id)[1].id)
        return key

    def _get_sale_vals(self, key, sale_vals):
        vals = super()._get_sale_vals(key, sale_vals)
        if key.get("tibillet_asset_id"):
            asset = self.env["tibillet.asset"].sudo().browse(key["tibillet_asset_id"])
            vals.update(name=self.env._("Top-ups · %(asset)s", asset=asset.name), partner_id=key["partner_id"])
        return vals
