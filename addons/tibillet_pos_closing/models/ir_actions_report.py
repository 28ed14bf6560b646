from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """A closing that is printed is logged."""
        if res_ids and self._get_report(report_ref).model == "tibillet.closing":
            ids = [res_ids] if isinstance(res_ids, int) else res_ids
            for closing in self.env["tibillet.closing"].browse(ids):
                self.env["tibillet.print"]._log(closing, "closing")
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
