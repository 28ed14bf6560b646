from odoo import api, fields, models
from odoo.exceptions import UserError


class TibilletPaymentCorrection(models.Model):
    """A payment taken by the wrong method, moved to the right one: the order stays as it was, its session books the move."""

    _name = "tibillet.payment.correction"
    _description = "Correction of a payment"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("pos.order", required=True, readonly=True, ondelete="restrict", index=True)
    session_id = fields.Many2one("pos.session", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict", index=True)
    from_method_id = fields.Many2one("pos.payment.method", "From", required=True, readonly=True, ondelete="restrict")
    to_method_id = fields.Many2one("pos.payment.method", "To", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    cashier_id = fields.Many2one("res.users", "Cashier", required=True, readonly=True, ondelete="restrict")
    create_date = fields.Datetime("Date", readonly=True)

    _amount_set = models.Constraint("CHECK (amount <> 0)", "There is nothing to correct.")
    _methods_differ = models.Constraint("CHECK (from_method_id <> to_method_id)", "This is the same payment method.")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A correction is not rewritten: correct the payment back."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("A correction is not deleted: correct the payment back."))

    @api.model
    def _correct(self, order, from_method, to_method, reason, cashier=None):
        """Move all that an order was paid by one method to another, as its session will book it.

        :return: the correction (sudo)
        :raise UserError: a sentence for the cashier; nothing is changed
        """
        self._check(order, from_method, to_method, reason)
        # Two touches at once: the second waits here, then starts again and finds nothing left.
        order.session_id._tibillet_lock_open()
        amount = self._paid_by(order).get(from_method, 0)
        if not amount:
            raise UserError(self.env._("Nothing of this order is paid by %s.", from_method.name))
        cashier = cashier or order.env.user
        correction = self.sudo().create(
            {
                "order_id": order.id,
                "session_id": order.session_id.id,
                "company_id": order.company_id.id,
                "from_method_id": from_method.id,
                "to_method_id": to_method.id,
                "amount": amount,
                "reason": reason.strip(),
                "cashier_id": cashier.id,
            }
        )
        self.env["tibillet.till.act"]._log(
            order.session_id,
            "correction",
            amount=round(amount * 10**order.currency_id.decimal_places),
            payment_method_id=to_method.id,
            cashier_id=cashier.id,
            reason=f"{from_method.name} → {to_method.name}: {reason.strip()}",
            key=f"correction:{correction.id}",
            order_uuid=order.uuid,
        )
        return correction

    def _check(self, order, from_method, to_method, reason):
        if order.state not in ("paid", "done"):
            raise UserError(self.env._("Only a paid order is corrected."))
        if order.session_id.state != "opened":
            raise UserError(self.env._("This till is closed: its payments can no longer be corrected."))
        if from_method == to_method:
            raise UserError(self.env._("It is the same payment method: choose another one."))
        if to_method not in order.session_id.payment_method_ids:
            raise UserError(self.env._("This till does not take this payment method."))
        for method in from_method | to_method:
            if not method._tibillet_correctable():
                raise UserError(
                    self.env._(
                        "%(method)s is not corrected: only cash, bank card and cheque are. Refund the order instead.",
                        method=method.name,
                    )
                )
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why the payment is corrected."))

    @api.model
    def _paid_by(self, order):
        """{method: amount} of what an order was paid by, change and corrections counted."""
        paid = {}
        for payment in order.payment_ids:
            paid[payment.payment_method_id] = paid.get(payment.payment_method_id, 0) + payment.amount
        for correction in self.sudo().search([("order_id", "=", order.id)]):
            for method, amount in (
                (correction.from_method_id, -correction.amount),
                (correction.to_method_id, correction.amount),
            ):
                method = method.with_env(order.env)
                paid[method] = paid.get(method, 0) + amount
        rounded = {method: order.currency_id.round(amount) for method, amount in paid.items()}
        return {method: amount for method, amount in rounded.items() if amount}
