from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TibilletQuota(models.Model):
    _name = "tibillet.quota"
    _description = "Places shared by prices"
    _order = "event_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    event_id = fields.Many2one("event.event", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    ticket_ids = fields.Many2many(
        "event.event.ticket",
        "tibillet_quota_ticket_rel",
        "quota_id",
        "ticket_id",
        "Prices",
        domain="[('event_id', '=', event_id)]",
        help="Each sale at one of these prices takes one of the places.",
    )
    seats = fields.Integer("Places", required=True, help="For each slot, where the event has slots.")
    used = fields.Integer("Taken or held", compute="_compute_used")
    left = fields.Integer(compute="_compute_used")

    _seats_positive = models.Constraint("CHECK (seats >= 0)", "Places are zero or more.")

    @api.depends("seats")
    def _compute_used(self):
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT quota.id, max(COALESCE(count.used, tibillet_seat_truth('quota', quota.id, slot.id)))
                 FROM tibillet_quota quota
                CROSS JOIN LATERAL (SELECT 0 AS id UNION SELECT id FROM event_slot WHERE event_id = quota.event_id) slot
                 LEFT JOIN tibillet_seat_count count
                       ON (count.scope, count.ref, count.slot) = ('quota', quota.id, slot.id)
                WHERE quota.id = ANY(%s) GROUP BY quota.id""",
            [self._origin.ids],
        )
        used = dict(self.env.cr.fetchall())
        for quota in self:
            quota.used = used.get(quota._origin.id, 0)
            quota.left = max(quota.seats - quota.used, 0)

    @api.constrains("ticket_ids", "event_id")
    def _check_event(self):
        for quota in self:
            if quota.ticket_ids.event_id - quota.event_id:
                raise ValidationError(self.env._("%s shares prices of its own event only.", quota.name))

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("ticket_ids", "event_id")):
            self._forget_counts()
        return result

    def unlink(self):
        self._forget_counts()
        return super().unlink()

    def _forget_counts(self):
        """The next sale counts anew: who bought before the prices came together counts too."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM tibillet_seat_count WHERE scope = 'quota' AND ref = ANY(%s)", [self.ids])
        self.invalidate_recordset(["used", "left"])
