from odoo import api, fields, models


class EventEvent(models.Model):
    _inherit = "event.event"

    tibillet_place_id = fields.Many2one(
        "tibillet.place",
        "Place",
        compute="_compute_tibillet_place_id",
        store=True,
        readonly=False,
        index=True,
        domain="[('company_id', '=', company_id)]",
        help="Whose event it is in the network, and whose key signs its tickets.",
    )
    tibillet_quota_ids = fields.One2many("tibillet.quota", "event_id", "Shared places", copy=False)
    tibillet_door_ids = fields.One2many("tibillet.door", "event_id", "Doors", copy=False)
    tibillet_scan_count = fields.Integer("Scans", compute="_compute_tibillet_scan_count")

    @api.depends("company_id")
    def _compute_tibillet_place_id(self):
        places = self.env["tibillet.place"].sudo().search([("company_id", "in", self.company_id.ids)])
        by_company = {place.company_id: place for place in places}
        for event in self:
            event.tibillet_place_id = by_company.get(event.company_id)

    def _compute_tibillet_scan_count(self):
        counts = self.env["tibillet.ticket.scan"]._read_group([("event_id", "in", self.ids)], ["event_id"], ["__count"])
        counts = dict(counts)
        for event in self:
            event.tibillet_scan_count = counts.get(event, 0)

    def _seats_left(self, slot=None, ticket=None):
        """Places left for this slot and price, others' holds taken off (int, zero or more); None where nothing limits them."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT min(quota.size - COALESCE(count.used, tibillet_seat_truth(scope, ref, slot))
                          + tibillet_seat_mine(%s, scope, ref, slot))
                 FROM tibillet_seat_quotas(%s, %s, %s) quota
                 LEFT JOIN tibillet_seat_count count USING (scope, ref, slot)
                WHERE quota.size IS NOT NULL""",
            [
                self.env.context.get("tibillet_seat_key") or None,
                self.id,
                (slot and slot.id) or None,
                (ticket and ticket.id) or None,
            ],
        )
        [left] = self.env.cr.fetchone()
        return left if left is None else max(left, 0)

    def _get_seats_availability(self, slot_tickets):
        """Stock counts attendees; ours counts those who are paying as well, and the places that prices share."""
        self.ensure_one()
        if not isinstance(self.id, int):
            return super()._get_seats_availability(slot_tickets)
        return [self._seats_left(slot, ticket) for slot, ticket in slot_tickets]

    @api.depends("tibillet_quota_ids.seats")
    @api.depends_context("tibillet_seat_key")
    def _compute_seats(self):
        """What is held is not free; the numbers of attendees stay those of stock."""
        result = super()._compute_seats()
        held = self.env["tibillet.seat.hold"]._held_by("event_id", self.ids)
        for event in self.filtered("seats_max"):
            event.seats_available -= held.get(event._origin.id, 0)
        return result

    def action_open_scans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_ticketing.action_ticket_scan")
        return {**action, "domain": [("event_id", "=", self.id)], "context": {}}
