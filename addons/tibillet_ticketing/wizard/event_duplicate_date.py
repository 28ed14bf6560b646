from odoo import fields, models


class TibilletEventDuplicateDate(models.TransientModel):
    _name = "tibillet.event.duplicate.date"
    _description = "Date of a copy"
    _order = "date"
    _rec_name = "date"

    duplicate_id = fields.Many2one("tibillet.event.duplicate", required=True, ondelete="cascade")
    date = fields.Date(required=True)
