from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.event_rule import RULE_FIELDS
from ..models.event_rule_words import NEW, SHOWN, STANDS


class TibilletEventRepeat(models.TransientModel):
    """A rule for an event that stands alone. Nothing is made before the button is pressed."""

    _name = "tibillet.event.repeat"
    _inherit = "tibillet.event.rule"
    _description = "Repeat an event"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="cascade")
    preview = fields.Html("Next dates", compute="_compute_preview", sanitize=False)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if event := self.env["event.event"].browse(values.get("event_id") or ()):
            values.update(self._rule_from(event._tibillet_local_date()))
        return values

    @api.depends(*RULE_FIELDS)
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = False
            if not wizard.date_start or not wizard.event_id:
                continue
            first = wizard.event_id._tibillet_local_date()
            try:
                dates = wizard._rule_dates(more=[first])
            except ValidationError as error:
                wizard.preview = wizard._refusal(error)
            else:
                marks = {date: STANDS if date == first else NEW for date in dates[:SHOWN]}
                wizard.preview = wizard._badges(marks, len(dates[SHOWN:]))

    def action_repeat(self):
        self.ensure_one()
        event = self.event_id
        if event.tibillet_recurrence_id.rrule != self.rrule:
            rule = {name: self[name] for name in RULE_FIELDS}
            self.env["tibillet.event.recurrence"].create({**rule, "model_event_id": event.id})
        return event.action_open_series()
