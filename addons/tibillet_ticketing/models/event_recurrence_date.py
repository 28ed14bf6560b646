from odoo import fields, models


class TibilletEventRecurrenceDate(models.Model):
    """An exception: a date that the rule gives and that is left out, or one more that it does not give."""

    _name = "tibillet.event.recurrence.date"
    _description = "Exception of a repeated event"
    _order = "date"
    _rec_name = "date"

    recurrence_id = fields.Many2one("tibillet.event.recurrence", required=True, ondelete="cascade", index=True)
    date = fields.Date(required=True)
    kind = fields.Selection([("out", "Left out"), ("more", "One more")], "Exception", required=True, default="out")

    _once = models.Constraint("UNIQUE (recurrence_id, date)", "This date is named already among the exceptions.")
