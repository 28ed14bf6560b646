import csv
import io

from odoo import http
from odoo.http import content_disposition, request


class BatchExport(http.Controller):
    @http.route(
        "/tibillet/batch/<model('tibillet.card.batch'):batch>/cards.csv", type="http", auth="user", readonly=True
    )
    def cards(self, batch):
        """QR address and printed number, a line a card; the model's own rights say who may."""
        batch.check_access("read")
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerows((card.qr_url, card.number) for card in batch.card_ids)
        return request.make_response(
            stream.getvalue(),
            headers=[
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{batch.name}.csv")),
            ],
        )
