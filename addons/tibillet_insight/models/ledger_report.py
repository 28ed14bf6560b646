from odoo import fields, models
from odoo.tools import SQL

HOURS = [(f"{hour:02}", f"{hour:02} h") for hour in range(24)]


class TibilletLedgerReport(models.Model):
    """Also at which hour and on which day of the week, on the clock of the place of the act."""

    _inherit = "tibillet.ledger.report"

    volume = fields.Float(readonly=True, digits=(16, 2), help="What moved, whichever way.")
    hour = fields.Selection(HOURS, readonly=True, help="On the clock of the place of the act.")
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        "Day of the week",
        readonly=True,
    )

    @property
    def _table_query(self):
        companies = self.env["res.company"].sudo().search([])
        zones = SQL(", ").join(SQL("(%s, %s)", company.id, company._tibillet_zone().zone) for company in companies)
        return SQL(
            """
            SELECT line.*, abs(line.value) AS volume, to_char(clock.at, 'HH24') AS hour, to_char(clock.at, 'ID') AS weekday
              FROM (%(lines)s) line
              JOIN tibillet_place place ON place.id = line.place_id
              LEFT JOIN (VALUES %(zones)s) zone (company_id, name) ON zone.company_id = place.company_id
             CROSS JOIN LATERAL (
                   SELECT line.date AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(zone.name, 'UTC') AS at) clock
            """,
            lines=super()._table_query,
            zones=zones,
        )
