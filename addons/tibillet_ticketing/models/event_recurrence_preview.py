from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .event_rule import RULE_FIELDS
from .event_rule_words import GONE, KEPT, NEW, SHOWN, STANDS


class TibilletEventRecurrencePreview(models.Model):
    """What a rule gives and what it changes, said before it happens."""

    _inherit = "tibillet.event.recurrence"

    event_count = fields.Integer("Number of events", compute="_compute_event_count")
    next_date = fields.Datetime("Next date", compute="_compute_event_count")
    last_date = fields.Datetime("Ends on", compute="_compute_event_count")
    attendee_count = fields.Integer("Attendees", compute="_compute_event_count")
    preview = fields.Html("Next dates", compute="_compute_preview", sanitize=False)
    kept_names = fields.Char("Kept", compute="_compute_preview")

    @api.depends("event_ids.date_begin")
    def _compute_event_count(self):
        now = fields.Datetime.now()
        for series in self:
            events = series.event_ids
            coming = events.filtered(lambda event: event.date_begin >= now).sorted("date_begin")
            series.event_count = len(events)
            series.next_date = coming[:1].date_begin
            series.last_date = max(events.mapped("date_begin"), default=False)
            series.attendee_count = sum(events.mapped("seats_taken"))

    @api.depends(*RULE_FIELDS, "line_ids.date", "line_ids.kind", "model_event_id", "event_ids")
    @api.depends_context("lang")
    def _compute_preview(self):
        for series in self:
            series.preview = series.kept_names = False
            if not series.date_start or not series.model_event_id:
                continue
            try:
                new, gone, kept = series._plan()
                dates = series._dates()
            except ValidationError as error:
                series.preview = series._refusal(error)
                continue
            series.kept_names = ", ".join(kept._tibillet_named()) or False
            said = dict.fromkeys(dates, STANDS)
            said.update(dict.fromkeys(new, NEW))
            removed = {event.tibillet_recurrence_date: GONE for event in gone}
            stays = {event.tibillet_recurrence_date: KEPT for event in kept}
            today = fields.Date.context_today(series)
            coming = [date for date in dates if date >= today]
            shown = sorted({*coming[:SHOWN], *list(removed)[:SHOWN], *stays})
            marks = {**said, **removed, **stays}
            series.preview = series._badges({date: marks[date] for date in shown}, len(coming[SHOWN:]))
