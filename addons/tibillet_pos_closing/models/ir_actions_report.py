from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """A closing that is printed is logged, and says so from the second time on."""
        if not res_ids or self._get_report(report_ref).model != "tibillet.closing":
            return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        closings = self.env["tibillet.closing"].browse([res_ids] if isinstance(res_ids, int) else res_ids)
        copies = {closing.id: self.env["tibillet.print"]._log(closing, "closing") for closing in closings}
        reports = self.with_context(tibillet_copies=copies)
        return super(IrActionsReport, reports)._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
