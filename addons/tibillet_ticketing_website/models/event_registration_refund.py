from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

TO = ("payment", "wallet", "keep")


class EventRegistration(models.Model):
    """Tickets are cancelled one by one: the seat is free, the order smaller, and the money goes back where it is asked to.

    Called with rights already checked; a second call for the same ticket finds it cancelled and gives nothing back.
    """

    _inherit = "event.registration"

    tibillet_refund_amount = fields.Monetary(
        "Given back", currency_field="tibillet_currency_id", readonly=True, copy=False
    )
    tibillet_currency_id = fields.Many2one(related="sale_order_id.currency_id")
    tibillet_refund_to = fields.Selection(
        [("payment", "The payment"), ("wallet", "The wallet"), ("hand", "By hand"), ("keep", "Nothing")],
        "Given back to",
        readonly=True,
        copy=False,
    )

    def _tibillet_price(self):
        """What was paid for this ticket, its part of the order's discounts taken off (float, the order's currency)."""
        self.ensure_one()
        line, order = self.sale_order_line_id, self.sale_order_id
        if not line.product_uom_qty or order.state != "sale":
            return 0.0
        full = sum((order.order_line - order._tibillet_discounts()).mapped("price_total"))
        share = order.amount_total / full if full else 0.0
        return order.currency_id.round(line.price_total / line.product_uom_qty * share)

    def _tibillet_cancel(self, to="payment"):
        """Cancel these tickets and give back what was paid for them.

        :param str to: 'payment' (each payment gets back what it paid), 'wallet' (of the buyer), 'keep' (nothing goes back)
        :return: what went back, or is on its way (float, the orders' currency)
        :raise UserError: the wallet may not take it
        """
        if to not in TO:
            raise ValueError(to)
        tickets = self.sudo().filtered(lambda ticket: ticket.state != "cancel")
        # Asked twice at once, the second fails here, is run again by Odoo, and finds nothing left to cancel.
        self.env.cr.execute(
            SQL("SELECT id FROM event_registration WHERE id = ANY(%s) ORDER BY id FOR UPDATE", tickets.ids),
            log_exceptions=False,
        )
        given = 0.0
        for order, mine in tickets.grouped("sale_order_id").items():
            prices = {ticket: ticket._tibillet_price() for ticket in mine}
            mine.action_cancel()
            given += order._tibillet_give_back_tickets(prices, to) if order else 0.0
        return given

    def action_tibillet_cancel(self):
        """Cancel these tickets and give back to their payments what was paid, for whoever organises.

        :raise UserError: somebody came in already
        """
        self.check_access("write")
        if not self.env.user.has_group("event.group_event_user"):
            raise AccessError(self.env._("Only who organises events pays tickets back."))
        for ticket in self.filtered(lambda ticket: ticket.state == "done"):
            raise UserError(self.env._("%s came in already: nothing is paid back.", ticket.name))
        self._tibillet_cancel()

    def _tibillet_refund_sentence(self):
        """Where the money of this cancelled ticket is, for its buyer (str)."""
        self.ensure_one()
        amount = self.tibillet_currency_id.format(self.tibillet_refund_amount) if self.tibillet_refund_amount else ""
        if self.tibillet_refund_to == "payment":
            return self.env._("Cancelled. %s go back to where they came from; your bank shows it in some days.", amount)
        if self.tibillet_refund_to == "wallet":
            return self.env._("Cancelled. %s are on your wallet.", amount)
        if self.tibillet_refund_to == "hand":
            return self.env._("Cancelled. The organiser gives you %s back and was told.", amount)
        return self.env._("Cancelled. Your place is free for somebody else.")
