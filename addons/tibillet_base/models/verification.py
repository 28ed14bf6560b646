import logging

from odoo import api, fields, models

from .. import ledger

_logger = logging.getLogger(__name__)


class TibilletVerification(models.Model):
    _name = "tibillet.verification"
    _description = "Verification of the ledger"
    _order = "id desc"
    _rec_name = "create_date"

    create_date = fields.Datetime("Date", readonly=True)
    ok = fields.Boolean("Sound", readonly=True)
    checked = fields.Integer("Postings checked", readonly=True)
    breaks = fields.Text("What is broken", readonly=True)

    @api.model
    def _run(self):
        """Recompute the whole ledger (nightly, or on request) and keep the answer; returns the record."""
        self.env.flush_all()
        report = ledger.verify(self.env.cr)
        if not report.ok:
            _logger.critical("The ledger of %s is broken: %s", self.env.cr.dbname, report.first_break)
        return self.sudo().create(
            {
                "ok": report.ok,
                "checked": report.checked,
                "breaks": "\n".join(report.breaks) or False,
            }
        )

    @api.model
    def run_now(self):
        """Verify on request of whoever may read the answer; {ok, checked, breaks}."""
        self.check_access("read")
        return self._run().read(["ok", "checked", "breaks"])[0]

    @api.model
    def _anchor_day(self):
        """Close the day, for the places that have no till."""
        return self.env["tibillet.ledger.anchor"]._close(f"day:{fields.Date.today()}")
