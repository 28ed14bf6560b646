"""Reading Odoo's log: its results, the tests it started, and lines that must not be there."""

import re
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>\S+): (?P<message>.*)$"
)
BAD = {"WARNING", "ERROR", "CRITICAL"}
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
STARTED = re.compile(r"^Starting (\w+)\.(\w+) \.\.\.")
SKIPPED = re.compile(r"^skipped (.*)")
# A failed test logs its traceback so; Odoo sums failures up afterwards.
FAILED = re.compile(r"ERROR odoo\.addons\.\w+\.tests\..*?: (FAIL|ERROR): ")
SUMMARY = re.compile(r"(\d+ failed, \d+ error\(s\) of|At least one test failed|\d+ failures, \d+ errors of)")
ADDON = re.compile(r"^odoo\.addons\.(\w+)\.tests\.")


@dataclass
class Record:
    """One record of a log: its head line and the lines that follow it."""

    level: str
    logger: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The message, all lines of it."""
        return "\n".join(self.lines)


@dataclass
class Outcome:
    """What a run of tests came to.

    `failed` counts tests, `failures` shows them; `started` holds (addon, class, method); each of `problems` is a
    failure of its own.
    """

    ran: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    started: set[tuple[str, str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def records(log: Path):
    """Yield the records of an Odoo log; lines before the first head are dropped."""
    current = None
    for line in log.read_text(errors="replace").splitlines():
        if match := LINE.match(line):
            if current:
                yield current
            current = Record(match["level"], match["logger"], [match["message"]])
        elif current:
            current.lines.append(line)
    if current:
        yield current


def unexpected(log: Path, allowed) -> list[str]:
    """Return the WARNING, ERROR and CRITICAL records that no pattern of `allowed` matches.

    :param allowed: (pattern, reason) pairs; a pattern is searched in "logger: message",
        where a dot stands for a line's end too.
    """
    patterns = [re.compile(pattern, re.DOTALL) for pattern, _reason in allowed]
    return [
        f"{record.level} {record.logger}: {record.text}"
        for record in records(log)
        if record.level in BAD and not any(p.search(f"{record.logger}: {record.text}") for p in patterns)
    ]


def outcome(log: Path, allowed) -> Outcome:
    """Return what the tests in an Odoo log came to; a bad line of the log is a problem."""
    result = Outcome()
    seen = False
    for record in records(log):
        if match := RESULT.search(record.text):
            seen = True
            failures, errors, ran = map(int, match.groups())
            result.ran += ran
            result.failed += failures + errors
        elif match := STARTED.match(record.text):
            if addon := ADDON.match(record.logger):
                result.started.add((addon[1], match[1], match[2]))
        elif match := SKIPPED.match(record.text):
            result.skipped.append(match[1])
    for line in unexpected(log, allowed):
        if FAILED.match(line):
            result.failures.append(line)
        elif not SUMMARY.search(line):
            result.problems.append(line)
    if not seen:
        result.problems.append(f"Odoo reported no result in {log}")
    elif not result.ran:
        result.problems.append(f"Odoo ran 0 tests in {log}")
    return result
