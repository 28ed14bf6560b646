from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PAID = ("paid", "done")


class PosOrder(models.Model):
    """Nothing enters a closed session or period; a payment taken by the wrong method is corrected beside the order."""

    _inherit = "pos.order"

    tibillet_correction_ids = fields.One2many("tibillet.payment.correction", "order_id", "Corrections", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        sessions = {vals["session_id"] for vals in vals_list if vals.get("session_id")}
        sessions = self.env["pos.session"].browse(sessions)
        sessions._tibillet_check_open()
        sessions._tibillet_check_real_orders()
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("date_order"):
            for order in self:
                order._tibillet_check_date(order.session_id, fields.Datetime.to_datetime(vals["date_order"]))
        if not {"amount_total", "amount_paid", "amount_tax", "session_id", "date_order"}.isdisjoint(vals):
            self.session_id._tibillet_check_open()
        if vals.get("session_id"):
            session = self.env["pos.session"].browse(vals["session_id"])
            session._tibillet_check_open()
            session._tibillet_check_real_orders()
        if vals.get("state") in PAID:
            self.filtered(lambda order: order.state not in PAID).session_id._tibillet_check_open()
        return super().write(vals)

    @api.model
    def sync_from_ui(self, orders):
        for order in orders:
            self._tibillet_check_period(order)
        return super().sync_from_ui(orders)

    def _tibillet_check_period(self, order):
        """Refuse an order dated in a closed period; one that a card has paid is taken, dated now."""
        session = self.env["pos.session"].browse(order.get("session_id")).sudo().exists()
        date = fields.Datetime.to_datetime(order.get("date_order"))
        if not session or not date or not session._tibillet_is_dated_closed(date):
            return
        if self._tibillet_is_tapped(order):
            order["date_order"] = fields.Datetime.to_string(fields.Datetime.now())
            return
        self._tibillet_check_date(session, date)

    def _tibillet_check_date(self, session, date):
        if session._tibillet_is_dated_closed(date):
            raise UserError(
                self.env._(
                    "%(date)s is closed in the books. Set this till's clock right, then validate the order again.",
                    date=fields.Date.to_string(date),
                )
            )

    def tibillet_payments(self):
        """What this order was paid by, and to which methods it may be corrected.

        :return: ``{paid: [{id, name, amount}], methods: [{id, name}]}``, amounts as text
        """
        self._tibillet_check_cashier_rights()
        corrections = self.env["tibillet.payment.correction"]
        paid = corrections._paid_by(self)
        methods = self.session_id.payment_method_ids.filtered(lambda method: method._tibillet_correctable())
        return {
            "paid": [
                {"id": method.id, "name": method.name, "amount": self.currency_id.format(amount)}
                for method, amount in paid.items()
                if method._tibillet_correctable()
            ],
            "methods": [{"id": method.id, "name": method.name} for method in methods],
        }

    def tibillet_correct_payment(self, from_method_id, to_method_id, reason):
        """Correct this order's payment by one method to another.

        :return: what :meth:`tibillet_payments` says afterwards
        :raise UserError: a sentence for the cashier
        """
        self._tibillet_check_cashier_rights()
        ids = (from_method_id, to_method_id)
        if not all(type(id_) is int for id_ in ids):
            raise UserError(self.env._("Choose a payment method."))
        methods = [self.env["pos.payment.method"].browse(id_).exists() for id_ in ids]
        if not all(methods):
            raise UserError(self.env._("Choose a payment method."))
        self.env["tibillet.payment.correction"]._correct(self, *methods, reason)
        return self.tibillet_payments()

    def _tibillet_check_cashier_rights(self):
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Your user may not use the till."))
        self.check_access("read")
