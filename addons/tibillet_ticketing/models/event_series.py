from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..localtime import to_local


class EventSeries(models.Model):
    """One date of a repeated event. Its date in the rule stays its name there, whenever it then takes place."""

    _inherit = "event.event"

    tibillet_recurrence_id = fields.Many2one(
        "tibillet.event.recurrence", "Series", copy=False, readonly=True, index="btree_not_null", ondelete="set null"
    )
    tibillet_recurrence_date = fields.Date("Date in the series", copy=False, readonly=True)
    tibillet_recurrence_summary = fields.Char(related="tibillet_recurrence_id.summary", string="Repeated")
    tibillet_series_count = fields.Integer("Number of dates", compute="_compute_tibillet_series_count")

    _tibillet_recurrence_once = models.Constraint(
        "UNIQUE (tibillet_recurrence_id, tibillet_recurrence_date)", "This date of the series exists already."
    )

    def _compute_tibillet_series_count(self):
        counts = self.env["event.event"]._read_group(
            [("tibillet_recurrence_id", "in", self.tibillet_recurrence_id.ids)], ["tibillet_recurrence_id"], ["__count"]
        )
        counts = dict(counts)
        for event in self:
            event.tibillet_series_count = counts.get(event.tibillet_recurrence_id, 0)

    def _tibillet_local_date(self):
        """The date on which it begins, where it takes place."""
        self.ensure_one()
        return to_local(self.date_begin, self.date_tz or "UTC").date()

    def _tibillet_shown(self):
        """What a date of a series takes over that a duplicate does not: whether people see it ({field: value})."""
        self.ensure_one()
        shown = {} if self.stage_id.pipe_end else {"stage_id": self.stage_id.id}
        if "is_published" in self._fields:
            shown["is_published"] = self.is_published
        return shown

    def _tibillet_taken(self):
        """Those for which somebody has or had a ticket, is paying now, or was at the door: they cannot go."""
        registrations = self.env["event.registration"].sudo().with_context(active_test=False)
        booked = registrations._read_group([("event_id", "in", self.ids)], ["event_id"])
        held = self.env["tibillet.seat.hold"].sudo()._held_by("event_id", self.ids)
        scanned = self.env["tibillet.ticket.scan"].sudo()._read_group([("event_id", "in", self.ids)], ["event_id"])
        taken = {event.id for [event] in booked + scanned} | held.keys()
        return self.filtered(lambda event: event.id in taken)

    def _tibillet_named(self):
        """What a person calls each of them: name and moment (list of str)."""
        return [
            f"{event.name} ({format_datetime(self.env, event.date_begin, event.date_tz, 'EEE d MMM y, HH:mm')})"
            for event in self.sorted("date_begin")
        ]

    def _tibillet_remove(self):
        """Remove dates that nobody booked. Who keeps a series may, though not delete events otherwise."""
        self.check_access("write")
        self.sudo().with_context(tibillet_series_removes=True).unlink()

    def unlink(self):
        if not self.env.context.get("tibillet_series_removes"):
            self._tibillet_leave_out()
        series = self.tibillet_recurrence_id
        for one in series.filtered(lambda one: one.model_event_id in self):
            one.model_event_id = (one._all_events() - self).sorted("date_begin")[:1]
        result = super().unlink()
        series.filtered(lambda one: not one._all_events()).unlink()
        return result

    def _tibillet_leave_out(self):
        """Note in the rule that these dates do not take place, so that it does not make them again."""
        for series, events in self.filtered("tibillet_recurrence_id").grouped("tibillet_recurrence_id").items():
            dates = set(events.mapped("tibillet_recurrence_date"))
            known = series.line_ids.filtered(lambda line, dates=dates: line.date in dates)
            lines = [Command.update(line.id, {"kind": "out"}) for line in known]
            lines += [Command.create({"date": date, "kind": "out"}) for date in dates - set(known.mapped("date"))]
            # The caller removes the events: the series has nothing to make or to remove by this.
            series.with_context(tibillet_series_removes=True).write({"line_ids": lines})

    def action_repeat(self):
        """The rule of the series, or, for an event that stands alone, a new one that begins with it."""
        self.ensure_one()
        self.check_access("write")
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Repeat %s", self.name),
            "view_mode": "form",
            "target": "new",
        }
        if self.tibillet_recurrence_id:
            return {**action, "res_model": "tibillet.event.recurrence", "res_id": self.tibillet_recurrence_id.id}
        return {**action, "res_model": "tibillet.event.repeat", "context": {"default_event_id": self.id}}

    def action_open_series(self):
        self.ensure_one()
        self.check_access("read")
        return self.tibillet_recurrence_id.action_open_events()

    def action_follow(self):
        """Carry what was changed here to the dates that follow."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the following dates"),
            "res_model": "tibillet.event.follow",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    def action_leave_out(self):
        """This date does not take place: the event goes, and the rule leaves it out."""
        self.check_access("write")
        self._tibillet_check_may_go()
        self._tibillet_leave_out()
        self._tibillet_remove()
        return self._tibillet_back()

    def action_end_series(self):
        """This date and those that follow do not take place; those with attendees stay and are named by the series."""
        self.ensure_one()
        self.check_access("write")
        if not self.tibillet_recurrence_id:
            raise UserError(self.env._("%s is not repeated.", self.name))
        series, last = self.tibillet_recurrence_id, fields.Date.subtract(self.tibillet_recurrence_date, days=1)
        later = series.line_ids.filtered(lambda line: line.date > last)
        series.write({"end_type": "until", "until": last, "line_ids": [Command.delete(line.id) for line in later]})
        return series.action_open_events()

    def _tibillet_check_may_go(self):
        if alone := self.filtered(lambda event: not event.tibillet_recurrence_id):
            raise UserError(self.env._("Not a date of a series: %s", ", ".join(alone._tibillet_named())))
        if taken := self._tibillet_taken():
            raise UserError(
                self.env._(
                    "People are registered, or were: %s. Cancel the event instead, so that they are told.",
                    ", ".join(taken._tibillet_named()),
                )
            )

    @api.model
    def _tibillet_back(self):
        return self.env["ir.actions.act_window"]._for_xml_id("event.action_event_view")
