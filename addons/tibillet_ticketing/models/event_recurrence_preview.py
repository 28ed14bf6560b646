from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .event_rule import RULE_FIELDS

SHOWN = 12
BADGE = Markup('<span class="badge rounded-pill me-1 mb-1 {style}"><i class="fa {icon} me-1"></i>{text}</span>')
NEW, GONE = ("text-bg-success", "fa-plus"), ("text-bg-danger", "fa-minus")
KEPT, STANDS = ("text-bg-warning", "fa-user"), ("text-bg-light border", "fa-calendar")


class TibilletEventRecurrencePreview(models.Model):
    """What a rule gives and what it changes, said before it happens."""

    _inherit = "tibillet.event.recurrence"

    event_count = fields.Integer("Number of events", compute="_compute_event_count")
    next_date = fields.Datetime("Next", compute="_compute_event_count")
    last_date = fields.Datetime("Last", compute="_compute_event_count")
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
                series.preview = Markup('<span class="text-danger">{}</span>').format(error.args[0])
                continue
            series.kept_names = ", ".join(kept._tibillet_named()) or False
            said = dict.fromkeys(dates, STANDS)
            said.update(dict.fromkeys(new, NEW))
            removed = {event.tibillet_recurrence_date: GONE for event in gone}
            stays = {event.tibillet_recurrence_date: KEPT for event in kept}
            today = fields.Date.context_today(series)
            coming = [date for date in dates if date >= today]
            shown = sorted({*coming[:SHOWN], *list(removed)[:SHOWN], *stays})
            badges = [
                series._badge(date, *{**said, **removed, **stays}[date])  # style and icon
                for date in shown
            ]
            if rest := len(coming[SHOWN:]):
                badges.append(Markup('<span class="text-muted">{}</span>').format(self.env._("and %s more", rest)))
            series.preview = Markup("").join(badges)

    def _badge(self, date, style, icon):
        return BADGE.format(style=style, icon=icon, text=format_date(self.env, date, date_format="EEE d MMM y"))
