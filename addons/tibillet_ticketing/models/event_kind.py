from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("concert", "Concert"),
    ("festival", "Festival"),
    ("meeting", "Meeting"),
    ("conference", "Conference"),
    ("meal", "Meal"),
    ("workcamp", "Work camp"),
    ("volunteering", "Volunteering"),
    ("other", "Other"),
]


class EventKind(models.Model):
    """What an event is, and which it is a part of: a festival and its concerts, a concert and its volunteers."""

    _inherit = "event.event"

    tibillet_kind = fields.Selection(KINDS, "Kind", index=True, tracking=True)
    tibillet_parent_id = fields.Many2one(
        "event.event",
        "Part of",
        index="btree_not_null",
        ondelete="set null",
        domain="[('id', '!=', id), ('company_id', '=', company_id)]",
        help="The festival of this concert, or the concert of these volunteers.",
    )
    tibillet_child_ids = fields.One2many("event.event", "tibillet_parent_id", "Parts")
    tibillet_child_count = fields.Integer("Number of parts", compute="_compute_tibillet_child_count")

    def _compute_tibillet_child_count(self):
        counts = self.env["event.event"]._read_group(
            [("tibillet_parent_id", "in", self.ids)], ["tibillet_parent_id"], ["__count"]
        )
        counts = dict(counts)
        for event in self:
            event.tibillet_child_count = counts.get(event._origin, 0)

    @api.constrains("tibillet_parent_id")
    def _check_tibillet_parent_cycle(self):
        if self._has_cycle("tibillet_parent_id"):
            raise ValidationError(self.env._("An event is no part of itself."))

    @api.constrains("tibillet_parent_id", "company_id")
    def _check_tibillet_parent_company(self):
        for event in self | self.sudo().with_context(active_test=False).tibillet_child_ids:
            if event.tibillet_parent_id and event.tibillet_parent_id.company_id != event.company_id:
                raise ValidationError(
                    self.env._(
                        "%(part)s and %(whole)s are of two companies: an event is a part of one of its own company.",
                        part=event.name,
                        whole=event.tibillet_parent_id.name,
                    )
                )

    def action_open_parts(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Parts of %s", self.name),
            "res_model": "event.event",
            "view_mode": "list,kanban,calendar,form",
            "domain": [("tibillet_parent_id", "=", self.id)],
            "context": {
                "default_tibillet_parent_id": self.id,
                "default_company_id": self.company_id.id,
                "default_date_begin": fields.Datetime.to_string(self.date_begin),
                "default_date_end": fields.Datetime.to_string(self.date_end),
                "default_date_tz": self.date_tz,
            },
        }
