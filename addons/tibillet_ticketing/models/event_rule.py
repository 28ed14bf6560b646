from datetime import datetime, time
from itertools import islice

from dateutil import rrule
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DATES = 366
MOST_YEARS = 3
FREQUENCIES = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY, "monthly": rrule.MONTHLY, "yearly": rrule.YEARLY}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULE_FIELDS = ("date_start", "freq", "interval", *WEEKDAYS, "month_by", "nth", "weekday", "end_type", "count", "until")


class TibilletEventRule(models.AbstractModel):
    """A rule of RFC 5545 as a person fills it in, for local dates; `dateutil` reckons."""

    _name = "tibillet.event.rule"
    _description = "Rule of repetition"

    date_start = fields.Date("First date", required=True)
    freq = fields.Selection(
        [("daily", "Days"), ("weekly", "Weeks"), ("monthly", "Months"), ("yearly", "Years")],
        "Unit",
        required=True,
        default="weekly",
    )
    interval = fields.Integer("Repeat every", required=True, default=1)
    mon = fields.Boolean("Mon")
    tue = fields.Boolean("Tue")
    wed = fields.Boolean("Wed")
    thu = fields.Boolean("Thu")
    fri = fields.Boolean("Fri")
    sat = fields.Boolean("Sat")
    sun = fields.Boolean("Sun")
    month_by = fields.Selection(
        [("date", "On the same day of the month"), ("last", "On the last day"), ("day", "On a weekday")],
        "Day of the month",
        required=True,
        default="date",
        help="A month that does not have the day is left out, as from January 31 February is.",
    )
    nth = fields.Selection(
        [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last")],
        "Which",
        required=True,
        default="1",
    )
    weekday = fields.Selection(
        [
            ("mon", "Monday"),
            ("tue", "Tuesday"),
            ("wed", "Wednesday"),
            ("thu", "Thursday"),
            ("fri", "Friday"),
            ("sat", "Saturday"),
            ("sun", "Sunday"),
        ],
        required=True,
        default="mon",
    )
    end_type = fields.Selection(
        [("count", "After"), ("until", "On")],
        "Ends",
        required=True,
        default="count",
    )
    count = fields.Integer("Number of dates", required=True, default=10)
    until = fields.Date("Last date")
    rrule = fields.Char("Rule", compute="_compute_rrule", store=True, help="As RFC 5545 writes it.")

    _interval_positive = models.Constraint(
        "CHECK (interval BETWEEN 1 AND 99)",
        "An event is repeated every one to ninety-nine days, weeks, months or years.",
    )
    _count_positive = models.Constraint("CHECK (count >= 1)", "An event is repeated once or more.")

    @api.depends(*RULE_FIELDS)
    def _compute_rrule(self):
        for one in self:
            one.rrule = one.date_start and str(one._rule()).split("RRULE:")[-1]

    @api.model
    def _rule_from(self, date):
        """A weekly rule's beginning, as `date` proposes it ({field: value}); its place in the month too."""
        day, nth = WEEKDAYS[date.weekday()], (date.day - 1) // 7 + 1
        return {"date_start": date, day: True, "weekday": day, "nth": str(nth) if nth < 5 else "-1"}

    def _rule(self):
        """The rule (:class:`dateutil.rrule.rrule`), of dates at midnight without a zone, not bounded by us."""
        self.ensure_one()
        options = {}
        if self.freq == "weekly":
            # No day ticked is the first date's own: so dateutil has it.
            options["byweekday"] = [number for number, day in enumerate(WEEKDAYS) if self[day]] or None
        elif self.freq == "monthly" and self.month_by == "last":
            options["bymonthday"] = -1
        elif self.freq == "monthly" and self.month_by == "day":
            options["byweekday"] = rrule.weekday(WEEKDAYS.index(self.weekday))(int(self.nth))
        if self.end_type == "count":
            options["count"] = max(self.count, 1)
        else:
            options["until"] = midnight(self.until or self.date_start)
        return rrule.rrule(
            FREQUENCIES[self.freq], dtstart=midnight(self.date_start), interval=max(self.interval, 1), **options
        )

    def _rule_dates(self, more=(), out=()):
        """The dates in order (list), `more` being added and `out` left out (dates).

        :raise ValidationError: none is left, or they are too many, or too far away
        """
        rules = rrule.rruleset()
        rules.rrule(self._rule())
        for date in more:
            rules.rdate(midnight(date))
        for date in out:
            rules.exdate(midnight(date))
        dates = [moment.date() for moment in islice(rules, MOST_DATES + 1)]
        if not dates:
            raise ValidationError(self.env._("This rule gives no date."))
        if len(dates) > MOST_DATES:
            raise ValidationError(
                self.env._("This rule gives more than %s dates: end it earlier, and repeat it again then.", MOST_DATES)
            )
        if dates[0] < self.date_start or dates[-1] > self.date_start + relativedelta(years=MOST_YEARS):
            raise ValidationError(
                self.env._("The dates lie between the first one and %s years after it.", MOST_YEARS),
            )
        return dates


def midnight(date):
    return datetime.combine(date, time())
