"""The agenda as iCalendar (RFC 5545), which telephones and desks subscribe to."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytz
import vobject

PRODID = "-//TiBillet//Agenda//EN"
# Numbers of a change count seconds from here: they grow, and stay within 32 bits.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
REFRESH = "PT1H"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar(entries, name="", url=""):
    """The bytes of a calendar of these entries; the same entries give the same bytes."""
    book = vobject.iCalendar()
    book.add("prodid").value = PRODID
    book.add("calscale").value = "GREGORIAN"
    book.add("method").value = "PUBLISH"
    if name:
        book.add("x-wr-calname").value = _plain(name)
        book.add("name").value = _plain(name)
    if url:
        book.add("url").value = _uri(url)
    ttl = book.add("refresh-interval")
    ttl.value, ttl.value_param = REFRESH, "DURATION"
    book.add("x-published-ttl").value = REFRESH
    for entry in entries:
        _add(book.add("vevent"), entry)
    return book.serialize().encode()


def _add(line, entry):
    modified = entry.modified.astimezone(pytz.utc).replace(microsecond=0)
    line.add("uid").value = entry.uid
    line.add("dtstamp").value = modified
    line.add("last-modified").value = modified
    line.add("created").value = entry.created.astimezone(pytz.utc).replace(microsecond=0)
    line.add("sequence").value = str(max(int((modified - EPOCH).total_seconds()), 0))
    line.add("dtstart").value = entry.start.astimezone(pytz.utc)
    line.add("dtend").value = entry.end.astimezone(pytz.utc)
    line.add("summary").value = _plain(entry.name)
    line.add("status").value = "CANCELLED" if entry.cancelled else "CONFIRMED"
    line.add("url").value = _uri(entry.url)
    description = "\n\n".join(filter(None, (entry.subtitle, entry.description, entry.url)))
    line.add("description").value = _plain(description)
    location = ", ".join(dict.fromkeys(filter(None, (entry.venue, entry.address))))
    if location:
        line.add("location").value = _plain(location)
    if entry.latitude is not None:
        line.add("geo").value = f"{entry.latitude:.6f};{entry.longitude:.6f}"
    if entry.tags:
        line.add("categories").value = [_plain(tag.name) for tag in entry.tags]


def _plain(words):
    """Without the control characters that the format has no room for."""
    return CONTROLS.sub("", words.replace("\r\n", "\n"))


def _uri(url):
    """vobject escapes commas and semicolons as in a text, where an address has them as they are."""
    return quote(url, safe=":/?#[]@!$&'()*+=%~")
