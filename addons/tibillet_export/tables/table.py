"""What all tables share: a company, a period, rows read a batch at a time."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytz

from odoo.tools import SQL

BATCH = 5000


class Column(NamedTuple):
    """A column of a file: `shape` is text, money, number, count, flag, moment or day."""

    name: str
    shape: str = "text"


class Table:
    """Rows of a company from `date_from` to `date_to`, both days of the venue's clock and included.

    A subclass says `kind`, `version`, `columns` and `_query()`, and may turn a row read into the row written.
    Columns are only ever added at the end, and `version` then goes up: whoever reads the file counts on both.
    """

    kind = ""
    version = 1
    columns = ()

    def __init__(self, company, date_from, date_to, **options):
        self.company = company
        self.env = company.env
        self.date_from, self.date_to = date_from, date_to
        self.options = options
        self._zone = company._tibillet_zone()

    @property
    def header(self):
        return [column.name for column in self.columns]

    def rows(self):
        """Lists of values, one a column; read as they are asked for, so that a year stays out of memory."""
        self.env.flush_all()
        # One cursor a table: a second of the same name would be refused while the first is read.
        name = SQL.identifier(f"tibillet_export_{self.kind}")
        self.env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, self._query()))
        while True:
            self.env.cr.execute(SQL("FETCH %s FROM %s", BATCH, name))
            batch = self.env.cr.fetchall()
            if not batch:
                break
            for row in batch:
                yield self._row(row)
        self.env.cr.execute(SQL("CLOSE %s", name))

    def _query(self):
        raise NotImplementedError

    def _row(self, row):
        return list(row)

    def _within(self, column):
        """That a moment (naive UTC) is in the period of the venue's clock."""
        utc = self.company._tibillet_utc
        since = utc(datetime.combine(self.date_from, time.min))
        until = utc(datetime.combine(self.date_to + timedelta(days=1), time.min))
        return SQL("%s >= %s AND %s < %s", column, since, column, until)

    def _local(self, moment):
        """A moment (naive UTC) by the venue's clock, with its offset."""
        return pytz.utc.localize(moment).astimezone(self._zone)

    def _word(self, column):
        """A translated name, as whoever exports reads it."""
        return SQL("coalesce(%s ->> %s, %s ->> 'en_US')", column, self.env.lang or "en_US", column)
