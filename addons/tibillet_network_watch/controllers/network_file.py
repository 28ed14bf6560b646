import csv
import io

import xlsxwriter

from odoo.http import Controller, content_disposition, request, route

# Stable names: a spreadsheet or a program may count on them.
COLUMNS = {
    "acceptors": ("acceptor", "money", "since", "until", "agreement_on", "volume_12_months", "currency"),
    "months": ("month", "acceptor", "money", "payments", "volume", "currency"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NetworkFile(Controller):
    @route(
        "/tibillet/network/<model('tibillet.network.watch'):watch>/file.xlsx", type="http", auth="user", readonly=True
    )
    def workbook(self, watch):
        """Both tables, a sheet each."""
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
            for name, rows in self._tables(watch).items():
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, COLUMNS[name])
                for number, row in enumerate(rows, 1):
                    for column, value in enumerate(row):
                        # A name that begins by = is a name, not a formula.
                        write = sheet.write_string if isinstance(value, str) else sheet.write
                        write(number, column, value)
                sheet.autofit()
        return self._file(output.getvalue(), XLSX, f"limited-network-{watch.id}.xlsx")

    @route(
        "/tibillet/network/<model('tibillet.network.watch'):watch>/<any(acceptors,months):name>.csv",
        type="http",
        auth="user",
        readonly=True,
    )
    def table(self, watch, name):
        """One table, comma separated, UTF-8."""
        output = io.StringIO()
        writer = csv.writer(output)
        writer.writerow(COLUMNS[name])
        for row in self._tables(watch)[name]:
            writer.writerow([self._plain(value) for value in row])
        return self._file(
            output.getvalue().encode(), "text/csv;charset=utf-8", f"limited-network-{watch.id}-{name}.csv"
        )

    def _tables(self, watch):
        watch.check_access("read")
        return {"acceptors": watch._acceptors_table(), "months": watch._months_table()}

    def _plain(self, value):
        """As Odoo's own export: no cell is taken for a formula."""
        return f"'{value}" if isinstance(value, str) and value.startswith(("=", "-", "+", "@")) else value

    def _file(self, content, mimetype, name):
        headers = [("Content-Type", mimetype), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
