import lxml.html
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .. import chromium

# A table's head and foot are repeated on each printed page, as wkhtmltopdf repeats its header and footer.
PAGE = Markup("""<table class="tibillet-page"><thead><tr><td>%s</td></tr></thead>
<tbody><tr><td>%s</td></tr></tbody><tfoot><tr><td>%s</td></tr></tfoot></table>""")
STYLE = Markup("""<style>
@page { size: %s %s; margin: %.1fmm %.1fmm 14mm %.1fmm;
        @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; color: #666; } }
body { max-width: none !important; margin: 0 !important; padding: 0 !important; zoom: .75; }
table.tibillet-page { width: 100%%; border-collapse: collapse; break-after: page; }
table.tibillet-page:last-of-type { break-after: auto; }
.tibillet-page > * > tr > td { padding: 0; border: 0; }
:has(> span.topage) { display: none; }
</style>""")

LEAST_MARGIN = 9  # millimetres


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _has_wkhtmltopdf(self):
        return _wkhtml().state not in ("install", "broken")

    @api.model
    def get_wkhtmltopdf_state(self):
        """Another printer than wkhtmltopdf is as good: the web client may ask for a PDF."""
        return "ok" if not self._has_wkhtmltopdf() and chromium.find() else super().get_wkhtmltopdf_state()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if not self._has_wkhtmltopdf() and not chromium.find():
            raise UserError(
                self.env._(
                    "This server cannot make a PDF: neither wkhtmltopdf nor Chromium is installed. "
                    "Ask whoever runs it to install one."
                )
            )
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        if self._has_wkhtmltopdf() and (_wkhtml().is_patched_qt or not chromium.find()):
            printed = [
                super(IrActionsReport, self)._run_wkhtmltopdf(
                    some,
                    report_ref=report_ref,
                    header=header,
                    footer=footer,
                    landscape=landscape,
                    specific_paperformat_args=specific_paperformat_args,
                    set_viewport_size=set_viewport_size,
                )
                for some in self._printable(list(bodies))
            ]
            return printed[0] if len(printed) == 1 else merge_pdf(printed)
        paper = self._get_report(report_ref).get_paperformat() if report_ref else self.get_paperformat()
        try:
            return chromium.print_pdf(
                self._one_document(list(bodies), header, footer, self._page_style(paper, landscape))
            )
        except chromium.PrintError as error:
            raise UserError(self.env._("The PDF could not be printed: %s", error)) from error

    def _printable(self, bodies):
        """Lists of bodies that wkhtmltopdf prints at once: one each where it was built with Debian's own Qt."""
        return [bodies] if _wkhtml().is_patched_qt else [[body] for body in bodies]

    def _page_style(self, paper, landscape):
        size = paper.format or "A4"
        if size == "custom":
            size = f"{paper.page_width}mm {paper.page_height}mm"
        orientation = "landscape" if landscape or paper.orientation == "Landscape" else "portrait"
        sides = [max(margin, LEAST_MARGIN) for margin in (paper.margin_right, paper.margin_left)]
        return STYLE % (size, "" if paper.format == "custom" else orientation, LEAST_MARGIN, *sides)

    def _one_document(self, bodies, header, footer, style):
        """One HTML document of all bodies, each with its own header and footer on every page."""
        headers = self._parts(header, "minimal_layout_report_headers")
        footers = self._parts(footer, "minimal_layout_report_footers")
        first = lxml.html.document_fromstring(bodies[0])
        head = Markup().join(Markup(lxml.html.tostring(node, encoding="unicode")) for node in first.head)
        pages = Markup().join(
            PAGE
            % (
                self._at(headers, index),
                self._inner(lxml.html.document_fromstring(body).body),
                self._at(footers, index),
            )
            for index, body in enumerate(bodies)
        )
        classes = first.body.get("class", "")
        return Markup("<!DOCTYPE html><html><head>%s%s</head><body class='%s'>%s</body></html>") % (
            head,
            style,
            classes,
            pages,
        )

    def _parts(self, html, container_id):
        container = lxml.html.document_fromstring(html).get_element_by_id(container_id, None) if html else None
        return [] if container is None else [Markup(lxml.html.tostring(node, encoding="unicode")) for node in container]

    def _at(self, parts, index):
        return parts[min(index, len(parts) - 1)] if parts else Markup()

    def _inner(self, node):
        return Markup().join(
            Markup(lxml.html.tostring(child, encoding="unicode")) for child in node if child.tag != "script"
        )
