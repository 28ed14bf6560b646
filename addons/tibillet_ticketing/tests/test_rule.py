import random
from datetime import UTC, date, datetime, time, timedelta

from dateutil import rrule, tz

from odoo.exceptions import ValidationError

from ..localtime import at_clock, to_local, to_utc
from ..models.event_rule import WEEKDAYS
from .dates import DatesCase

ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC")
FIRST = date(2027, 1, 1)


class TestRule(DatesCase):
    def draw(self, dice):
        """A random rule: (values of ours, the same rule as RFC 5545 writes it)."""
        start = FIRST + timedelta(days=dice.randrange(700))
        freq = dice.choice(("daily", "weekly", "monthly", "yearly"))
        interval = dice.randint(1, 3)
        values = {"date_start": start, "freq": freq, "interval": interval}
        text = [f"FREQ={freq.upper()}", f"INTERVAL={interval}"]
        if freq == "weekly" and (days := dice.sample(WEEKDAYS, dice.randrange(4))):
            values.update(dict.fromkeys(days, True))
            text.append("BYDAY=" + ",".join(day[:2].upper() for day in days))
        if freq == "monthly":
            values["month_by"] = month_by = dice.choice(("date", "last", "day"))
            if month_by == "day":
                values["weekday"], values["nth"] = dice.choice(WEEKDAYS), dice.choice(("1", "2", "3", "4", "-1"))
                text.append(f"BYDAY={values['nth']}{values['weekday'][:2].upper()}")
            elif month_by == "last":
                text.append("BYMONTHDAY=-1")
        if dice.random() < 0.5:
            values["count"] = dice.randint(1, 12)
            text.append(f"COUNT={values['count']}")
        else:
            values["end_type"], values["until"] = "until", start + timedelta(days=dice.randrange(200))
            text.append(f"UNTIL={values['until']:%Y%m%d}T235959")
        return values, ";".join(text)

    def reckoned(self, text, start, hour, zone, out, more):
        """UTC moments of the rule, by dateutil alone: the wall clock repeats, each moment has the offset of its day."""
        begin = datetime.combine(start, hour)
        walls = set(rrule.rrulestr(text, dtstart=begin)) | {datetime.combine(day, hour) for day in more}
        walls -= {datetime.combine(day, hour) for day in out}
        clock = tz.gettz(zone)
        return sorted(
            tz.resolve_imaginary(wall.replace(tzinfo=clock)).astimezone(UTC).replace(tzinfo=None) for wall in walls
        )

    def test_random_rules_are_dateutil_s(self):
        seed = random.randrange(10**6)
        dice = random.Random(seed)
        rules = self.env["tibillet.event.recurrence"]
        for number in range(400):
            values, text = self.draw(dice)
            start, zone = values["date_start"], dice.choice(ZONES)
            hour = time(dice.randrange(24), dice.choice((0, 30)))
            given = list(rrule.rrulestr(text, dtstart=datetime.combine(start, time())))
            out = [day.date() for day in given if dice.random() < 0.2]
            more = {start + timedelta(days=dice.randrange(300)) for _one in range(dice.randrange(3))} - set(out)
            with self.subTest(seed=seed, number=number, text=text, zone=zone, hour=hour):
                wanted = self.reckoned(text, start, hour, zone, out, more)
                rule = rules.new(values)
                if not wanted:
                    with self.assertRaisesRegex(ValidationError, "no date"):
                        rule._rule_dates(more, out)
                    continue
                if wanted[-1].date() > start.replace(year=start.year + 3, day=min(start.day, 28)):
                    continue
                found = [to_utc(datetime.combine(day, hour), zone) for day in rule._rule_dates(more, out)]
                self.assertEqual(found, wanted)
                self.assertTrue(rule.summary)
                again = rrule.rrulestr(rule.rrule, dtstart=datetime.combine(start, time()))
                self.assertEqual(list(again), given, "what is stored says the same")

    def test_random_series_are_events(self):
        seed = random.randrange(10**6)
        dice = random.Random(seed)
        for number in range(12):
            values, text = self.draw(dice)
            values["date_start"] = self.tuesday + timedelta(days=dice.randrange(60))
            values.update({"end_type": "count", "count": dice.randint(2, 5)})
            text = ";".join(part for part in text.split(";") if not part.startswith(("COUNT", "UNTIL")))
            text += f";COUNT={values['count']}"
            zone, hour = dice.choice(ZONES), dice.randrange(24)
            with self.subTest(seed=seed, number=number, text=text, zone=zone, hour=hour):
                start = values["date_start"]
                wanted = self.reckoned(text, start, time(hour), zone, (), {start})
                if wanted[-1].date() > start + timedelta(days=3 * 365):
                    continue
                event = self.make_dated("Any", start, hour, zone=zone)
                series = self.repeat(event, **values)
                self.assertEqual(series._all_events().sorted("date_begin").mapped("date_begin"), wanted)

    def test_clocks_go_there_and_back(self):
        for wall, moment in (
            (datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 30)),  # an hour that spring leaves out
            (datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 0, 30)),  # one that autumn has twice
            (datetime(2027, 7, 1, 20), datetime(2027, 7, 1, 18)),
        ):
            self.assertEqual(to_utc(wall, "Europe/Paris"), moment)
        dice = random.Random(5)
        for _number in range(500):
            moment = datetime(2027, 1, 1) + timedelta(minutes=dice.randrange(60 * 24 * 365))
            for zone in ZONES:
                wall = to_local(moment, zone)
                self.assertIn(moment - to_utc(wall, zone), (timedelta(), timedelta(hours=1), timedelta(minutes=30)))
                self.assertEqual(at_clock(wall.date(), wall), wall)

    def test_a_rule_is_bounded(self):
        rules = self.env["tibillet.event.recurrence"]
        for values, said in (
            ({"freq": "daily", "count": 367}, "more than 366"),
            ({"freq": "daily", "end_type": "until", "until": FIRST + timedelta(days=4000)}, "more than 366"),
            ({"freq": "yearly", "count": 5}, "3 years"),
            ({"freq": "weekly", "end_type": "until", "until": FIRST - timedelta(days=1)}, "no date"),
        ):
            with self.assertRaisesRegex(ValidationError, said):
                rules.new({"date_start": FIRST, **values})._rule_dates()
        self.assertEqual(len(rules.new({"date_start": FIRST, "freq": "daily", "count": 366})._rule_dates()), 366)
        with self.assertRaisesRegex(ValidationError, "between the first"):
            rules.new({"date_start": FIRST, "count": 2})._rule_dates(more=[FIRST - timedelta(days=3)])

    def test_words(self):
        rules = self.env["tibillet.event.recurrence"]
        for values, said in (
            ({"tue": True, "thu": True, "count": 12}, "Every week on Tuesday and Thursday, 12 times"),
            ({"interval": 2, "count": 1}, "Every 2 weeks on Friday, once"),
            (
                {"freq": "monthly", "month_by": "day", "nth": "-1", "weekday": "sun", "count": 3},
                "Every month on the last Sunday, 3 times",
            ),
            ({"freq": "monthly", "interval": 2, "count": 3}, "Every 2 months on day 1, 3 times"),
            (
                {"freq": "daily", "end_type": "until", "until": date(2027, 2, 3)},
                "Every day, until 3 February 2027",
            ),
            ({"freq": "yearly", "count": 2}, "Every year on January 1, 2 times"),
        ):
            self.assertEqual(rules.new({"date_start": FIRST, **values}).summary, said)
