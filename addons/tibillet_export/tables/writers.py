"""A table written to bytes: CSV for programs and every spreadsheet, XLSX with real dates and numbers."""

import csv
import io
from decimal import Decimal

import xlsxwriter

# Of a worksheet, with its header.
XLSX_ROWS = 1_048_576
# What a spreadsheet takes for a formula at the beginning of a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {"moment": 18, "day": 12, "money": 12, "number": 11, "count": 9, "flag": 9, "text": 22}
FORMATS = {"moment": "yyyy-mm-dd hh:mm:ss", "day": "yyyy-mm-dd", "money": "0.00", "number": "0.######"}


class TooManyRows(Exception):
    """A worksheet holds no more than XLSX_ROWS."""


def to_csv(table):
    """(bytes, rows) of a table: RFC 4180, comma and CRLF, UTF-8 with the mark by which spreadsheets know it."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(table.header)
    shapes = [column.shape for column in table.columns]
    rows = 0
    for row in table.rows():
        writer.writerow([_plain(value, shape) for value, shape in zip(row, shapes, strict=True)])
        rows += 1
    return output.getvalue().encode("utf-8-sig"), rows


def to_xlsx(table):
    """(bytes, rows) of a table: one sheet, written row by row.

    :raise TooManyRows: the sheet is full
    """
    output = io.BytesIO()
    rows = 0
    with xlsxwriter.Workbook(output, {"constant_memory": True, "remove_timezone": True}) as book:
        sheet = book.add_worksheet(table.kind)
        formats = {shape: book.add_format({"num_format": number}) for shape, number in FORMATS.items()}
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, WIDTHS[column.shape])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, table.header, book.add_format({"bold": True}))
        for rows, row in enumerate(table.rows(), 1):
            if rows >= XLSX_ROWS:
                raise TooManyRows
            for number, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                if value is not None:
                    _write(sheet, rows, number, value, column.shape, formats.get(column.shape))
        sheet.autofilter(0, 0, rows, len(table.columns) - 1)
    return output.getvalue(), rows


def _write(sheet, row, column, value, shape, form):
    match shape:
        case "moment" | "day":
            sheet.write_datetime(row, column, value, form)
        case "money" | "number" | "count":
            sheet.write_number(row, column, float(value), form)
        case "flag":
            sheet.write_number(row, column, int(value))
        case _:
            # A name that begins by = is a name, not a formula.
            sheet.write_string(row, column, value)


def _plain(value, shape):
    """A value as text: point for decimals, ISO 8601 for dates, 1 or 0, empty for nothing."""
    if value is None:
        return ""
    match shape:
        case "moment":
            return value.isoformat(timespec="seconds")
        case "money":
            return f"{value:.2f}"
        case "number":
            return f"{Decimal(str(value)):.6f}".rstrip("0").rstrip(".")
        case "flag":
            return str(int(value))
        case "text" if value.startswith(FORMULA):
            return f"'{value}"
        case _:
            return str(value)
