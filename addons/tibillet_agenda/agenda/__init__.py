"""What the agenda says, apart from where it comes from: filters, entries, days, and the formats that others read."""

from .days import Month, by_day, by_venue
from .entry import Entry, Tag
from .filters import SPANS, Filters
from .ical import calendar
from .rss import feed
