from odoo import Command, fields, models

from ..localtime import days_later, to_local

TICKET_MOMENTS = ("start_sale_datetime", "end_sale_datetime")


class EventCopy(models.Model):
    """An event as another one begins: with its prices and the places that they share."""

    _inherit = "event.event"

    def copy(self, default=None):
        copies = super().copy(default)
        for event, new in zip(self, copies, strict=True):
            event._tibillet_copy_quotas(new)
        return copies

    def _tibillet_copy_quotas(self, new):
        """Give `new`, a copy of this event, its shared places; each price is found again by its key, or by the order."""
        prices, copied = self.event_ticket_ids.sorted("id"), new.event_ticket_ids.sorted("id")
        by_key = {ticket.tibillet_series_key: ticket for ticket in copied if ticket.tibillet_series_key}
        if len(by_key) == len(copied):
            same = {
                ticket: by_key[ticket.tibillet_series_key] for ticket in prices if ticket.tibillet_series_key in by_key
            }
        elif len(prices) == len(copied):
            same = dict(zip(prices, copied, strict=True))
        else:
            return  # Other prices were given to the copy.
        for quota in self.tibillet_quota_ids:
            tickets = [same[ticket].id for ticket in quota.ticket_ids if ticket in same]
            quota.copy({"event_id": new.id, "ticket_ids": [Command.set(tickets)]})

    def _tibillet_copy_to(self, dates, values=None, parts=False):
        """Copies of this event that begin on `dates` (local), at the same hours, with all that hangs on its date moved.

        :param values: {date: what that copy has of its own}
        :param bool parts: copy its parts too, moved by as many days
        :return: the copies, in the order of `dates`; none of them is published
        """
        self.ensure_one()
        if not dates:
            return self.browse()
        [data] = self.copy_data()
        data["name"] = self.name  # stock adds "(copy)"
        begins = to_local(self.date_begin, self.date_tz).date()
        days = [(date - begins).days for date in dates]
        copies = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True).create(
            [
                {**self._tibillet_moved(data, number), **((values or {}).get(date) or {})}
                for date, number in zip(dates, days, strict=True)
            ]
        )
        copies = copies.with_env(self.env)
        for new, number in zip(copies, days, strict=True):
            self.copy_translations(new)
            self._tibillet_copy_quotas(new)
            if parts:
                for part in self.tibillet_child_ids:
                    date = fields.Date.add(to_local(part.date_begin, part.date_tz).date(), days=number)
                    part._tibillet_copy_to([date], {date: {"tibillet_parent_id": new.id}}, parts=True)
        return copies

    def _tibillet_moved(self, data, days):
        """`data` of a copy, so many days later by the wall clock: the event, its slots, and when its prices sell."""
        zone = self.date_tz
        tickets = [
            Command.create(
                {
                    **ticket,
                    **{name: days_later(ticket[name], days, zone) for name in TICKET_MOMENTS if ticket.get(name)},
                }
            )
            for _create, _id, ticket in data.get("event_ticket_ids", ())
        ]
        slots = [
            Command.create({**slot, "date": fields.Date.add(slot["date"], days=days)})
            for _create, _id, slot in data.get("event_slot_ids", ())
        ]
        return {
            **data,
            "date_begin": days_later(self.date_begin, days, zone),
            "date_end": days_later(self.date_end, days, zone),
            "event_ticket_ids": tickets,
            "event_slot_ids": slots,
        }
