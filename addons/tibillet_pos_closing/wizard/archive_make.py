from datetime import timedelta

from odoo import fields, models


class TibilletArchiveMake(models.TransientModel):
    """The period to archive."""

    _name = "tibillet.archive.make"
    _description = "Make a fiscal archive"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    date_from = fields.Date("From", required=True, default=lambda self: fields.Date.today() - timedelta(days=364))
    date_to = fields.Date("To", required=True, default=fields.Date.today)

    def action_make(self):
        """Make the archive and open it."""
        self.ensure_one()
        self.env["tibillet.archive"].check_access("read")
        self.company_id.check_access("read")
        archive = self.env["tibillet.archive"]._make(self.company_id, self.date_from, self.date_to)
        return {
            "type": "ir.actions.act_window",
            "res_model": "tibillet.archive",
            "res_id": archive.id,
            "view_mode": "form",
        }
