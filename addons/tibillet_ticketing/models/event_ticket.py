from odoo import api, models


class EventTicket(models.Model):
    _inherit = "event.event.ticket"

    @api.depends("event_id.tibillet_quota_ids.seats")
    @api.depends_context("tibillet_seat_key")
    def _compute_seats(self):
        """What is held is not free; nor is what a price shares with others once they took it."""
        result = super()._compute_seats()
        held = self.env["tibillet.seat.hold"]._held_by("ticket_id", self.ids)
        for ticket in self.filtered("seats_max"):
            ticket.seats_available -= held.get(ticket._origin.id, 0)
        return result

    @api.depends("event_id.tibillet_quota_ids.seats")
    @api.depends_context("tibillet_seat_key")
    def _compute_is_sold_out(self):
        result = super()._compute_is_sold_out()
        for ticket in self.filtered(lambda ticket: not ticket.is_sold_out and isinstance(ticket.id, int)):
            if not ticket.event_id.is_multi_slots and ticket.event_id._seats_left(None, ticket) == 0:
                ticket.is_sold_out = True
        return result
