from odoo import models


class TibilletSweep(models.Model):
    """What a sweep takes is booked in the transaction that takes it: Dr 4191, Cr income."""

    _inherit = "tibillet.sweep"

    def _book(self, keys):
        company = self.asset_id.company_id
        booking = self.env["tibillet.booking"]._of_closing(company, self._key(), self.name)
        booking._post_operations(keys, company._tibillet_breakage_account())
        return super()._book(keys)

    def action_open_booking(self):
        """The sweep's entry, for who reads the books."""
        self.ensure_one()
        booking = self.env["tibillet.booking"].search([("origin", "=", self._key())], limit=1)
        return booking.action_open_entries()
