from odoo import api, models


class EventSlot(models.Model):
    _inherit = "event.slot"

    @api.depends_context("tibillet_seat_key")
    def _compute_seats(self):
        """What is held is not free."""
        result = super()._compute_seats()
        held = self.env["tibillet.seat.hold"]._held_by("slot_id", self.ids)
        for slot in self.filtered("event_id.seats_max"):
            slot.seats_available -= held.get(slot._origin.id, 0)
        return result
