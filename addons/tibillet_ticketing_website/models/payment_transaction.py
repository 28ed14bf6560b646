import logging

from odoo import models

from odoo.addons.tibillet_ticketing.exceptions import SeatsGone

_logger = logging.getLogger(__name__)


class PaymentTransaction(models.Model):
    """A payment that arrives when its seats are gone is given back whole, and its buyer is told."""

    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        confirmed = self.env["sale.order"]
        for tx in self:
            try:
                with self.env.cr.savepoint():
                    confirmed |= super(PaymentTransaction, tx)._check_amount_and_confirm_order()
            except SeatsGone:
                tx._tibillet_too_late()
        return confirmed

    def _tibillet_too_late(self):
        """Cancel the order and give the money back; the provider is called by a job, after the commit."""
        self.ensure_one()
        _logger.info("Payment %s came after its seats were gone: it goes back", self.reference)
        self.sale_order_ids._action_cancel()
        if self.state == "authorized":
            self._void()
        else:
            self._tibillet_give_back()
        template = self.env.ref("tibillet_ticketing_website.mail_too_late")
        for order in self.sale_order_ids:
            template.sudo().send_mail(order.id)

    def _tibillet_ticket_sentence(self):
        """Where the money of an order without seats is, for its buyer; nothing (str or False) for any other payment."""
        self.ensure_one()
        amount = self.currency_id.format(self.amount)
        if self.state == "cancel":
            return self.env._("The last places were sold meanwhile. %s were reserved and not taken.", amount)
        if self.tibillet_state == "returning":
            return self.env._("The last places were sold meanwhile. %s are on their way back to you.", amount)
        if self.tibillet_state == "returned":
            return self.env._("The last places were sold meanwhile. %s were given back to you.", amount)
        if self.tibillet_state == "by_hand":
            return self.env._(
                "The last places were sold meanwhile. We know of your %s and will give them back.", amount
            )
        return False
