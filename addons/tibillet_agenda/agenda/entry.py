"""One line of the agenda: an event, or one slot of an event with several."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Tag:
    id: int
    name: str


@dataclass(frozen=True)
class Entry:
    """Only what anybody may read: no record goes farther than this.

    `start` and `end` are aware, in the event's own time zone; `modified` and `created` are aware, UTC. Words are plain
    text, empty when there is nothing to say. `url` and `image` are whole addresses; `path` and `cover` are the same
    within this website, where the event is of its own venue: `path` is empty for the others'. `latitude` and
    `longitude` are degrees, None when nobody knows.
    """

    uid: str
    event_id: int
    name: str
    start: datetime
    end: datetime
    zone: str
    url: str
    modified: datetime
    created: datetime
    path: str = ""
    subtitle: str = ""
    description: str = ""
    cancelled: bool = False
    place: str = ""
    venue: str = ""
    address: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    image: str = ""
    cover: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def first(self) -> date:
        return self.start.date()

    @property
    def last(self) -> date:
        """The last day, by the event's clock: a night that ends at dawn, or at midnight, is of the evening."""
        if self.end - self.start < timedelta(hours=24):
            evening = (self.end - timedelta(hours=6)).date()
            return max(self.first, evening)
        return (self.end - timedelta(seconds=1)).date()

    def is_over(self, now: datetime) -> bool:
        return self.end <= now

    def touches(self, first: date, last: date) -> bool:
        """Whether any of its days is one of these (both included)."""
        return self.first <= last and self.last >= first
