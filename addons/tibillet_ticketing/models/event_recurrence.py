from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ..localtime import at_clock, to_local, to_utc
from .event_rule import RULE_FIELDS


class TibilletEventRecurrence(models.Model):
    """An event that is repeated: each date is an event of its own, known in the series by the date of the rule."""

    _name = "tibillet.event.recurrence"
    _inherit = "tibillet.event.rule"
    _description = "Repeated event"
    _order = "date_start desc, id desc"

    model_event_id = fields.Many2one("event.event", "New dates are copied from", ondelete="set null", index=True)
    company_id = fields.Many2one(related="model_event_id.company_id", store=True)
    event_ids = fields.One2many("event.event", "tibillet_recurrence_id", "Dates")
    line_ids = fields.One2many("tibillet.event.recurrence.date", "recurrence_id", "Exceptions")

    @api.depends("model_event_id.name")
    def _compute_display_name(self):
        for series in self:
            series.display_name = series.model_event_id.name or self.env._("Repeated event")

    @api.model_create_multi
    def create(self, vals_list):
        events = self.env["event.event"]
        for vals in vals_list:
            event = events.browse(vals.get("model_event_id") or ())
            if not event:
                raise ValidationError(self.env._("Say which event is repeated."))
            vals.setdefault("date_start", event._tibillet_local_date())
            events |= event
        events.check_access("write")
        # Of two who repeat one event at once the second waits here, begins anew, and finds it repeated.
        self.env.cr.execute("UPDATE event_event SET id = id WHERE id = ANY(%s)", [events.ids])
        series = super().create(vals_list)
        for one in series:
            one._begin()
        series._follow_rule()
        return series

    def write(self, vals):
        result = super().write(vals)
        changed = not vals.keys().isdisjoint((*RULE_FIELDS, "line_ids"))
        if changed and not self.env.context.get("tibillet_series_removes"):
            self._follow_rule()
        return result

    def _begin(self):
        """Take the first event in."""
        event = self.model_event_id
        if event.tibillet_recurrence_id:
            raise ValidationError(self.env._("%s is repeated already: change its rule.", event.name))
        event.event_ticket_ids._tibillet_key()
        date = event._tibillet_local_date()
        event.write({"tibillet_recurrence_id": self.id, "tibillet_recurrence_date": date})
        if date not in self._dates() and date not in self.line_ids.mapped("date"):
            # The rule does not give its own first date: it takes place all the same.
            self.write({"line_ids": [Command.create({"date": date, "kind": "more"})]})

    def _dates(self):
        """The dates of the series (list of local dates, in order), exceptions being heard.

        :raise ValidationError: as :meth:`_rule_dates`
        """
        self.ensure_one()
        by_kind = self.line_ids.filtered("date").grouped("kind")
        none = self.env["tibillet.event.recurrence.date"]
        return self._rule_dates(by_kind.get("more", none).mapped("date"), by_kind.get("out", none).mapped("date"))

    def _all_events(self):
        """Its events, those that were archived too."""
        return self._origin.with_context(active_test=False).event_ids

    def _plan(self):
        """(dates to make, events to remove, events that stay though the rule does not give them) as the rule stands."""
        dates, now = set(self._dates()), fields.Datetime.now()
        events = self._all_events()
        model = self.model_event_id or events[:1]
        standing = set(events.mapped("tibillet_recurrence_date"))
        if not events:
            standing.add(model._tibillet_local_date())
        wall = to_local(model.date_begin, model.date_tz)
        # What has begun is history: it is neither made nor removed.
        new = [date for date in sorted(dates - standing) if to_utc(at_clock(date, wall), model.date_tz) > now]
        outside = events.filtered(lambda event: event.tibillet_recurrence_date not in dates)
        kept = outside._tibillet_taken() | outside.filtered(lambda event: event.date_begin <= now)
        return new, outside - kept, kept

    def _follow_rule(self):
        """Make the dates that lack and remove those that no longer fit, but never one that has an attendee."""
        # Of two who change a series at once the second waits here, and begins anew with what the first has made.
        self.flush_recordset()
        self.env.cr.execute("UPDATE tibillet_event_recurrence SET id = id WHERE id = ANY(%s)", [self.ids])
        for series in self:
            series.model_event_id = series.model_event_id or series._all_events()[:1]
            new, gone, _kept = series._plan()
            if not new and gone == series._all_events():
                raise ValidationError(self.env._("This rule leaves no date to come."))
            series._make(new)
            gone._tibillet_remove()

    def _make(self, dates):
        model = self.model_event_id
        own = {"tibillet_recurrence_id": self.id, **model._tibillet_shown()}
        model.event_ticket_ids._tibillet_key()
        model._tibillet_copy_to(dates, {date: {**own, "tibillet_recurrence_date": date} for date in dates})

    def action_open_events(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dates of %s", self.display_name),
            "res_model": "event.event",
            "view_mode": "list,kanban,calendar,form,pivot",
            "domain": [("tibillet_recurrence_id", "=", self.id)],
            "context": {"create": False},
        }
