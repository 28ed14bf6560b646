"""The file that card makers deliver: `<url>/qr/<uuid4>,<number 8>,<tag 8>`, a line a card. Plain Python."""

import csv
import io
import re
import uuid
from typing import NamedTuple

URL = re.compile(r"(?P<base>https?://[^\s/]+(?:/[^\s]*?)?)/qr/(?P<uuid>[0-9a-fA-F-]{36})/?")
NUMBER = re.compile(r"[A-Z0-9]{8}")
TAG = re.compile(r"[0-9A-F]{8}")
MOST_LINES = 100_000


class Row(NamedTuple):
    line: int
    base_url: str
    qr_uuid: str
    number: str
    tag: str


class Problem(NamedTuple):
    """`code`: columns, url, uuid, number, tag, twice_number, twice_qr (`other`: the first line) or too_many; `text`: the line."""

    line: int
    text: str
    code: str
    other: int = 0


def parse(content):
    """(rows, problems) of a delivered file (bytes); empty lines are left out, lines are counted from one."""
    rows, problems, seen = [], [], {}
    text = _decode(content)
    delimiter = ";" if text.count(";") > text.count(",") else ","
    for line, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True), 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if line > MOST_LINES:
            problems.append(Problem(line, "", "too_many"))
            break
        row = _row(line, cells)
        problem = row if isinstance(row, Problem) else _repeated(row, delimiter.join(cells), seen)
        if problem:
            problems.append(problem)
        else:
            rows.append(row)
    return rows, problems


def same_tag(rows):
    """{line: line of the first row with the same tag}: real chips may start alike, typing errors do too."""
    first, found = {}, {}
    for row in rows:
        if row.tag in first:
            found[row.line] = first[row.tag]
        first.setdefault(row.tag, row.line)
    return found


def _decode(content):
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("latin-1").replace("\0", "")


def _row(line, cells):
    text = ", ".join(cells)
    if len(cells) != 3:
        return Problem(line, text, "columns")
    url = URL.fullmatch(cells[0])
    if not url:
        return Problem(line, text, "url")
    qr_uuid = _uuid4(url["uuid"])
    if not qr_uuid:
        return Problem(line, text, "uuid")
    number, tag = cells[1].upper(), cells[2].upper()
    if not NUMBER.fullmatch(number):
        return Problem(line, text, "number")
    if not TAG.fullmatch(tag):
        return Problem(line, text, "tag")
    return Row(line, url["base"], qr_uuid, number, tag)


def _uuid4(text):
    try:
        parsed = uuid.UUID(text)
    except ValueError:
        return None
    return str(parsed) if parsed.version == 4 else None


def _repeated(row, text, seen):
    for code, value in (("twice_number", row.number), ("twice_qr", row.qr_uuid)):
        first = seen.setdefault((code, value), row.line)
        if first != row.line:
            return Problem(row.line, text, code, first)
    return None
