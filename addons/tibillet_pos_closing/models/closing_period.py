from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import date_utils

from ..figures import merge

PERIODS = {"day": relativedelta(days=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}


class TibilletClosing(models.Model):
    """A day, a month, a year: the tickets Z that follow the period before, added up."""

    _inherit = "tibillet.closing"

    @api.model
    def _close_due(self):
        """Close each period that is over and had a sale, in every venue (sudo)."""
        for (company,) in self.sudo()._read_group([("level", "=", "session")], ["company_id"]):
            for level in PERIODS:
                while self._close_next(company, level):
                    continue

    def _close_next(self, company, level):
        """Close the oldest period of this level that is over and not closed; empty when none is due."""
        tickets = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("level", "=", "session"),
                ("number", ">", self._last_of(company, level).last),
            ],
            order="number",
        )
        if not tickets:
            return tickets
        start, end = self._period(company, level, tickets[0].date_to)
        if end > fields.Datetime.now():
            return tickets.browse()
        last = max(ticket.number for ticket in tickets if ticket.date_to < end)
        closed = tickets.filtered(lambda ticket: ticket.number <= last)
        figures = {}
        for ticket in closed:
            merge(figures, ticket._content()["figures"])
        return self._seal(
            company,
            level,
            figures,
            date_from=start,
            date_to=end,
            first=closed[0].number,
            last=last,
            until=closed[-1].hash,
        )

    @api.model
    def _last_of(self, company, level):
        return self.sudo().search(
            [("company_id", "=", company.id), ("level", "=", level)], order="number DESC", limit=1
        )

    @api.model
    def _closed_until(self, company):
        """Moment (UTC) before which every day, month and year is closed, or False."""
        return max(
            (closing.date_to for level in PERIODS if (closing := self._last_of(company, level))),
            default=False,
        )

    def _period(self, company, level, moment):
        """(from, to) in UTC of the day, month or year that holds `moment`, as the venue's clock and its hour of closing say."""
        shift = timedelta(hours=company.tibillet_day_hour)
        start = date_utils.start_of(company._tibillet_local(moment) - shift, level)
        return self._in_utc(company, start), self._in_utc(company, start + PERIODS[level])

    def _in_utc(self, company, bound):
        """When the venue's day, month or year of this local midnight begins, in UTC."""
        return company._tibillet_utc(bound + timedelta(hours=company.tibillet_day_hour))
