from odoo import api, fields, models
from odoo.exceptions import UserError

ANSWERS = [
    ("in", "Comes in"),
    ("out", "Goes out"),
    ("already", "Already in"),
    ("cancelled", "Cancelled"),
    ("unpaid", "Not paid"),
    ("other", "Another event"),
    ("early", "Too early"),
    ("late", "Too late"),
    ("gate", "Another gate"),
    ("forged", "No ticket of ours"),
    ("undone", "Taken back"),
]


class TibilletTicketScan(models.Model):
    """What a door was shown and what it answered; append only."""

    _name = "tibillet.ticket.scan"
    _description = "Scan of a ticket"
    _order = "id desc"
    _rec_name = "answer"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    registration_id = fields.Many2one("event.registration", "Attendee", readonly=True, ondelete="restrict", index=True)
    answer = fields.Selection(ANSWERS, required=True, readonly=True)
    door = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, default=lambda self: self.env.uid)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    offline = fields.Boolean(readonly=True, help="The door decided alone; the server heard of it later.")
    scan_key = fields.Char(readonly=True, help="The same scan told twice is kept once.")

    _once = models.UniqueIndex("(scan_key) WHERE scan_key IS NOT NULL", "This scan was told already.")

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What a door answered stays as it was."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a door answered stays as it was."))
