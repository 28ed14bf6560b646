from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=True)
    def _unlink_except_archive(self):
        """The file of a fiscal archive is kept as long as the archive."""
        files = self.filtered(lambda file: file.res_model == "tibillet.archive" and file.res_field == "content")
        self.env["tibillet.archive"].sudo().browse(files.mapped("res_id")).exists()._unlink_after_six_years()
