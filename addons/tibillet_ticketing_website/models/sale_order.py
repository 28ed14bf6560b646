from collections import Counter

from odoo import fields, models

from odoo.addons.tibillet_ticketing.exceptions import SeatsGone


class SaleOrder(models.Model):
    """An order that buys seats holds them until it is paid, and gives back what its buyer takes out of the cart."""

    _inherit = "sale.order"

    tibillet_seat_key = fields.Char("Key of the held seats", readonly=True, copy=False, index="btree_not_null")

    def _tibillet_unpaid(self):
        """The attendees of this order who will take a seat once it is paid."""
        attendees = self.env["event.registration"].sudo().search([("sale_order_id", "in", self.ids)])
        return attendees.filtered(lambda attendee: attendee.state == "draft" and attendee.tibillet_seat_key)

    def _tibillet_wanted(self):
        """{(event id, slot id or None, ticket id or None): seats} that this order's unpaid attendees will take."""
        return Counter(
            (attendee.event_id.id, attendee.event_slot_id.id or None, attendee.event_ticket_id.id or None)
            for attendee in self._tibillet_unpaid()
        )

    def _tibillet_hold_seats(self):
        """Hold what the order's attendees will take for another fifteen minutes, seen by the next request.

        :raise SeatsGone: the time was over and somebody else has them
        """
        for order in self.filtered("tibillet_seat_key"):
            if wanted := order._tibillet_wanted():
                self.env["tibillet.seat.hold"]._hold(order.tibillet_seat_key, wanted)

    def _tibillet_held_until(self):
        """The moment until when the order's seats are held (UTC); None when nothing is held or wanted."""
        self.ensure_one()
        return self.tibillet_seat_key and self.env["tibillet.seat.hold"]._until(self.tibillet_seat_key)

    def _tibillet_time_zone(self):
        """Where its buyer reads the clock: at the first event's."""
        return self.order_line.event_id[:1].date_tz or self.env.user.tz or "UTC"

    def _update_address(self, partner_id, *args, **kwargs):
        """Who buys without an account is another partner each time: none of them is the holder that a mail signs in."""
        if self.env.user._is_public() and self._is_anonymous_cart():
            buyer = self.env["res.partner"].sudo().browse(partner_id)
            if not buyer.user_ids and not buyer.tibillet_wallet_ids:
                buyer.tibillet_unproven = True
        return super()._update_address(partner_id, *args, **kwargs)

    def _cart_update_order_line(self, order_line, quantity, **kwargs):
        line = super()._cart_update_order_line(order_line, quantity, **kwargs)
        if self.tibillet_seat_key:
            self.env["tibillet.seat.hold"]._trim(self.tibillet_seat_key, self._tibillet_wanted())
        return line

    def _check_cart_is_ready_to_be_paid(self):
        result = super()._check_cart_is_ready_to_be_paid()
        self._tibillet_check_takes_place()
        self._tibillet_hold_seats()
        return result

    def _tibillet_check_takes_place(self):
        """:raise SeatsGone: an event of the order was cancelled"""
        for event in self.order_line.event_id.filtered(lambda event: event.kanban_state == "cancel"):
            raise SeatsGone(self.env._("%s was cancelled. Take it out of your cart.", event.name))

    def action_confirm(self):
        self._tibillet_check_takes_place()
        return super().action_confirm()

    def _action_cancel(self):
        result = super()._action_cancel()
        for order in self.filtered("tibillet_seat_key"):
            self.env["tibillet.seat.hold"]._trim(order.tibillet_seat_key, {})
        return result

    def _send_payment_succeeded_for_order_mail(self):
        """Whose money goes back is told just that."""
        late = self.filtered(lambda order: order.state == "cancel" and order.tibillet_seat_key)
        return super(SaleOrder, self - late)._send_payment_succeeded_for_order_mail()
