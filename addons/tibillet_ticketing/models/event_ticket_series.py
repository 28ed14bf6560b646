from odoo import fields, models


class EventTicketSeries(models.Model):
    _inherit = "event.event.ticket"

    tibillet_series_key = fields.Char(
        "Price of a series", readonly=True, help="Which price of the other dates this one is, whatever its name."
    )

    def _tibillet_key(self):
        """Give each price the key by which its like on other dates is found; a copy keeps it."""
        for ticket in self.filtered(lambda ticket: not ticket.tibillet_series_key):
            ticket.tibillet_series_key = str(ticket.id)
