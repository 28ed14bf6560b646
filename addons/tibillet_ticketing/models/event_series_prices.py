from odoo import models

from ..localtime import days_later, to_local
from .event_copy import TICKET_MOMENTS
from .event_rule import midnight


class EventSeriesPrices(models.Model):
    """The prices of one date of a series as those of another one."""

    _inherit = "event.event"

    def _tibillet_prices(self):
        """Its prices and shared places, moments being counted from its date: equal for dates that sell alike."""
        self.ensure_one()
        day = midnight(self._tibillet_local_date())
        prices = []
        for ticket in self.event_ticket_ids.sorted("id"):
            [vals] = ticket.copy_data()
            del vals["event_id"]
            for name in TICKET_MOMENTS:
                vals[name] = ticket[name] and to_local(ticket[name], self.date_tz) - day
            prices.append(vals)
        quotas = [
            (quota.name, quota.seats, sorted(str(ticket.tibillet_series_key) for ticket in quota.ticket_ids))
            for quota in self.tibillet_quota_ids
        ]
        return prices, quotas

    def _tibillet_take_prices(self, event):
        """Sell as `event` does: its prices changed, added, and removed where nobody has them; shared places anew."""
        event.event_ticket_ids._tibillet_key()
        for one in self:
            days = (one._tibillet_local_date() - event._tibillet_local_date()).days
            mine = {ticket.tibillet_series_key: ticket for ticket in one.event_ticket_ids}
            for ticket in event.event_ticket_ids.sorted("id"):
                [vals] = ticket.copy_data({"event_id": one.id})
                vals.update({name: days_later(ticket[name], days, event.date_tz) for name in TICKET_MOMENTS})
                if known := mine.pop(ticket.tibillet_series_key, None):
                    known.write(vals)
                else:
                    known = ticket.create(vals)
                ticket.copy_translations(known)
            gone = one.event_ticket_ids.filtered(lambda ticket, mine=mine: ticket in mine.values())
            gone.filtered(lambda ticket: not ticket.sudo().with_context(active_test=False).registration_ids).unlink()
            one.tibillet_quota_ids.unlink()
            event._tibillet_copy_quotas(one)
