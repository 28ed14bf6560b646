from odoo import http
from odoo.http import content_disposition, request


class ArchiveDownload(http.Controller):
    @http.route("/tibillet/archive/<model('tibillet.archive'):archive>", type="http", auth="user")
    def download(self, archive):
        """The ZIP; the model's own rights say who may, its journal says who did."""
        return request.make_response(
            archive._exported(),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(archive.name)),
            ],
        )
