"""What a visitor asks of the agenda, as it stands in the address: unknown words are passed over, never an error."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from urllib.parse import urlencode

VIEWS = ("list", "month", "places")
SPANS = ("today", "week", "month")
SEARCH_LENGTH = 100


@dataclass(frozen=True)
class Filters:
    """:param when: one of SPANS, or a day
    :param month: the first day of the month that the calendar shows
    """

    view: str = "list"
    tags: tuple[int, ...] = ()
    place: str = ""
    search: str = ""
    when: str | date | None = None
    month: date | None = None
    page: int = 1

    @classmethod
    def parse(cls, args):
        """Read `args`, a werkzeug MultiDict."""
        view = args.get("view")
        when = args.get("when", "")
        page = args.get("page", "")
        return cls(
            view=view if view in VIEWS else "list",
            tags=tuple(dict.fromkeys(int(tag) for tag in args.getlist("tag") if _is_number(tag))),
            place=args.get("place", "")[:SEARCH_LENGTH],
            search=" ".join(args.get("search", "").replace("\0", "").split())[:SEARCH_LENGTH],
            # The form has a list of spans and a day: the day says more.
            when=_day(args.get("day", "")) or (when if when in SPANS else _day(when)),
            month=_day(f"{args.get('month', '')}-01"),
            page=max(int(page), 1) if _is_number(page) else 1,
        )

    def with_(self, **changes):
        return replace(self, **{"page": 1, **changes})

    def query(self):
        """The address's query, with its question mark; empty when nothing is asked."""
        pairs = [
            ("view", self.view if self.view != "list" else None),
            *(("tag", tag) for tag in self.tags),
            ("place", self.place),
            ("search", self.search),
            ("when", self.when),
            ("month", self.month and f"{self.month:%Y-%m}"),
            ("page", self.page if self.page > 1 else None),
        ]
        asked = urlencode([(name, str(value)) for name, value in pairs if value])
        return f"?{asked}" if asked else ""

    @property
    def narrows(self):
        """Whether anything is left out."""
        return bool(self.tags or self.place or self.search or self.when)

    def span(self, today):
        """(first day, last day) that are asked, seen from `today`; None when every day to come is."""
        if self.when == "today":
            return today, today
        if self.when == "week":
            return today, today + timedelta(days=6 - today.weekday())
        if self.when == "month":
            return today, month_end(today)
        if isinstance(self.when, date):
            return self.when, self.when
        return None


def month_end(day):
    """The last day of its month."""
    return next_month(day) - timedelta(days=1)


def next_month(day):
    """The first day of the month that follows."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _is_number(word):
    return word.isascii() and word.isdigit() and len(word) < 10


def _day(word):
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    # A calendar has a month before and one after.
    return day if MINYEAR < day.year < MAXYEAR else None
