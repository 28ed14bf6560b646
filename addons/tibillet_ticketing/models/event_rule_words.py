from babel.dates import get_day_names
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import babel_locale_parse, format_date
from odoo.tools.i18n import format_list

from .event_rule import RULE_FIELDS, WEEKDAYS

SHOWN = 12
BADGE = Markup('<span class="badge rounded-pill me-1 mb-1 {style}"><i class="fa {icon} me-1"></i>{text}</span>')
NEW, GONE = ("text-bg-success", "fa-plus"), ("text-bg-danger", "fa-minus")
KEPT, STANDS = ("text-bg-warning", "fa-user"), ("text-bg-light border", "fa-calendar")


class TibilletEventRuleWords(models.AbstractModel):
    """The rule as a person says it."""

    _inherit = "tibillet.event.rule"

    summary = fields.Char("Repeated", compute="_compute_summary")

    @api.depends(*RULE_FIELDS)
    @api.depends_context("lang")
    def _compute_summary(self):
        for one in self:
            one.summary = one.date_start and self.env._(
                "%(rule)s, %(end)s", rule=one._words()[one.freq](), end=one._end_in_words()
            )

    def _words(self):
        """{frequency: what says it}."""
        return {
            "daily": self._days_in_words,
            "weekly": self._weeks_in_words,
            "monthly": self._months_in_words,
            "yearly": self._years_in_words,
        }

    def _end_in_words(self):
        if self.end_type == "until":
            return self.env._("until %s", format_date(self.env, self.until or self.date_start, date_format="d MMMM y"))
        if self.count == 1:
            return self.env._("once")
        return self.env._("%s times", self.count)

    def _days_in_words(self):
        if self.interval == 1:
            return self.env._("Every day")
        return self.env._("Every %s days", self.interval)

    def _weeks_in_words(self):
        ticked = [number for number, day in enumerate(WEEKDAYS) if self[day]] or [self.date_start.weekday()]
        days = format_list(self.env, [self._day_name(number) for number in ticked])
        if self.interval == 1:
            return self.env._("Every week on %s", days)
        return self.env._("Every %(number)s weeks on %(days)s", number=self.interval, days=days)

    def _months_in_words(self):
        if self.month_by == "last":
            day = self.env._("the last day")
        elif self.month_by == "day":
            which = dict(self._fields["nth"]._description_selection(self.env))[self.nth].lower()
            day = self.env._(
                "the %(which)s %(weekday)s", which=which, weekday=self._day_name(WEEKDAYS.index(self.weekday))
            )
        else:
            day = self.env._("day %s", self.date_start.day)
        if self.interval == 1:
            return self.env._("Every month on %s", day)
        return self.env._("Every %(number)s months on %(day)s", number=self.interval, day=day)

    def _years_in_words(self):
        day = format_date(self.env, self.date_start, date_format=self.env._("MMMM d"))
        if self.interval == 1:
            return self.env._("Every year on %s", day)
        return self.env._("Every %(number)s years on %(day)s", number=self.interval, day=day)

    def _day_name(self, number):
        """The name of a weekday (0 is Monday) in the reader's language."""
        return get_day_names("wide", locale=babel_locale_parse(self.env.lang or "en_US"))[number]

    def _badges(self, marks, rest):
        """HTML of dates, each with its mark ({date: (style, icon)}), and of how many (int) are not shown."""
        badges = [
            BADGE.format(style=style, icon=icon, text=format_date(self.env, date, date_format="EEE d MMM y"))
            for date, (style, icon) in marks.items()
        ]
        if rest:
            badges.append(Markup('<span class="text-muted">{}</span>').format(self.env._("and %s more", rest)))
        return Markup("").join(badges)

    @api.model
    def _refusal(self, error):
        """HTML of why a rule gives no dates."""
        return Markup('<span class="text-danger">{}</span>').format(error.args[0])
