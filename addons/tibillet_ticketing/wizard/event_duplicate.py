from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.i18n import format_list

STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
}
MOST_COPIES = 100


class TibilletEventDuplicate(models.TransientModel):
    """An event once more, on one or several dates, at the same hours."""

    _name = "tibillet.event.duplicate"
    _description = "Duplicate an event"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="cascade")
    when = fields.Selection(
        [
            ("day", "One day later"),
            ("week", "One week later"),
            ("fortnight", "Two weeks later"),
            ("month", "One month later"),
            ("dates", "On these dates"),
        ],
        required=True,
        default="week",
    )
    date_ids = fields.One2many("tibillet.event.duplicate.date", "duplicate_id", "Dates")
    parts = fields.Boolean("With its parts", default=True, help="Copy the events that are parts of it too.")
    has_parts = fields.Boolean(compute="_compute_has_parts")
    summary = fields.Char("Takes place on", compute="_compute_summary")

    @api.depends("event_id")
    def _compute_has_parts(self):
        for wizard in self:
            wizard.has_parts = wizard.event_id.tibillet_child_count > 0

    @api.depends("event_id", "when", "date_ids.date")
    @api.depends_context("lang")
    def _compute_summary(self):
        for wizard in self:
            dates = [format_date(self.env, date, date_format="EEEE d MMMM y") for date in wizard._dates()]
            wizard.summary = format_list(self.env, dates) if dates else False

    def _dates(self):
        """The dates (local) of the copies, in order, each once."""
        if self.when == "dates":
            return sorted(set(self.date_ids.filtered("date").mapped("date")))
        return [self.event_id._tibillet_local_date() + STEPS[self.when]] if self.when else []

    def action_duplicate(self):
        self.ensure_one()
        dates = self._dates()
        if not dates:
            raise UserError(self.env._("Choose a date."))
        if len(dates) > MOST_COPIES:
            raise UserError(self.env._("At most %s dates at once.", MOST_COPIES))
        copies = self.event_id._tibillet_copy_to(dates, parts=self.parts)
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Copies of %s", self.event_id.name),
            "res_model": "event.event",
        }
        if len(copies) == 1:
            return {**action, "view_mode": "form", "res_id": copies.id}
        return {**action, "view_mode": "list,kanban,calendar,form", "domain": [("id", "in", copies.ids)]}
