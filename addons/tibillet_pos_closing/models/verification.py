import logging

from odoo import api, models

from ..proof import chain

_logger = logging.getLogger(__name__)


class TibilletVerification(models.Model):
    _inherit = "tibillet.verification"

    @api.model
    def _run(self):
        """The closings are verified with the ledger."""
        verification = super()._run()
        report = chain.verify(self.env.cr)
        if not report.ok:
            _logger.critical("The closings of %s are broken: %s", self.env.cr.dbname, report.first_break)
            breaks = [verification.breaks, *report.breaks] if verification.breaks else report.breaks
            verification.write({"ok": False, "breaks": "\n".join(breaks)})
        return verification
