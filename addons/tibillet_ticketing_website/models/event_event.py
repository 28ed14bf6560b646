from datetime import timedelta

from odoo import fields, models


class EventEvent(models.Model):
    _inherit = "event.event"

    tibillet_cancellable = fields.Boolean(
        "Buyers may cancel",
        help="On the page of their tickets, and get their money back. Without it they ask you.",
    )
    tibillet_cancel_hours = fields.Integer(
        "Until, hours before",
        default=24,
        help="Hours before the start, until which a ticket is cancelled and paid back. Zero: until it starts.",
    )

    _tibillet_cancel_hours_positive = models.Constraint(
        "CHECK (tibillet_cancel_hours >= 0)", "A deadline is zero or more hours before the start."
    )

    def _verify_seats_availability(self, slot_tickets):
        """Stock counts the seats of an order against what is free; what the order holds is its own."""
        if self.env.context.get("tibillet_seats_held"):
            return None
        return super()._verify_seats_availability(slot_tickets)

    def _tibillet_cancel_until(self, slot=None):
        """The moment until when a buyer may cancel (UTC), or None where they may not."""
        self.ensure_one()
        if not self.tibillet_cancellable:
            return None
        return (slot and slot.start_datetime or self.date_begin) - timedelta(hours=self.tibillet_cancel_hours)
