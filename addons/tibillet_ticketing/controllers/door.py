from odoo import http
from odoo.http import request
from odoo.tools.misc import file_open


class Door(http.Controller):
    """The page that a paired phone scans with, and what it asks."""

    @http.route("/door", type="http", auth="public", sitemap=False)
    def page(self):
        response = request.render("tibillet_ticketing.door_page")
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @http.route("/door/worker.js", type="http", auth="public", sitemap=False)
    def worker(self):
        with file_open("tibillet_ticketing/static/src/door/worker.js") as script:
            body = script.read()
        return request.make_response(
            body,
            [("Content-Type", "text/javascript"), ("Cache-Control", "no-cache"), ("Service-Worker-Allowed", "/door")],
        )

    @http.route("/door/app.webmanifest", type="http", auth="public", sitemap=False)
    def manifest(self):
        icon = "/tibillet_ticketing/static/description/icon.svg"
        return request.make_json_response(
            {
                "name": request.env._("Door"),
                "start_url": "/door",
                "scope": "/door",
                "display": "standalone",
                "background_color": "#1b1b1b",
                "theme_color": "#1b1b1b",
                "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
            },
            headers=[("Content-Type", "application/manifest+json")],
        )

    @http.route("/door/pair", type="jsonrpc", auth="public")
    def pair(self, code):
        return request.env["tibillet.door"].sudo()._redeem(code)

    @http.route("/door/list", type="jsonrpc", auth="public")
    def preload(self, secret, version=None):
        return self._door(secret)._preload(version)

    @http.route("/door/scan", type="jsonrpc", auth="public")
    def scan(self, secret, shown, key, leave=False):
        return self._door(secret)._scan(shown, key, leave)

    @http.route("/door/sync", type="jsonrpc", auth="public")
    def sync(self, secret, scans):
        return self._door(secret)._sync(scans)

    def _door(self, secret):
        return request.env["tibillet.door"]._of_secret(secret)
