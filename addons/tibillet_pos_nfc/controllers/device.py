from odoo.http import Controller, request, route
from odoo.tools.json import scriptsafe

from ..models.till import Refusal
from ..models.till_device import DEVICE

COOKIE = "tibillet_device"
YEAR = 365 * 24 * 3600


class DeviceController(Controller):
    """A device is paired, starts again, and lends its reader."""

    @route("/tibillet/pair", type="http", auth="public", sitemap=False)
    def pair(self, pin=None):
        if request.httprequest.method != "POST":
            return self._page("tibillet_pos_nfc.page_pair", {})
        http = request.httprequest
        try:
            device, token = request.env["tibillet.till.device"]._pair(
                pin, http.remote_addr or "", http.headers.get("User-Agent")
            )
        except Refusal as refusal:
            return self._page("tibillet_pos_nfc.page_pair", {"refusal": refusal.answer["message"]})
        response = request.redirect("/tibillet/device")
        response.set_cookie(
            COOKIE,
            f"{device.id}.{token}",
            max_age=YEAR,
            httponly=True,
            secure=http.scheme == "https",
            samesite="Lax",
        )
        return response

    @route("/tibillet/device", type="http", auth="public", sitemap=False)
    def start(self):
        """Where a paired device starts: its till, or its reader's page."""
        device, token = self._device()
        if not device:
            return request.redirect("/tibillet/pair")
        if device.kind == "reader":
            return request.redirect("/tibillet/reader")
        credential = {
            "type": "tibillet_device",
            "login": device._acting_user().login,
            "device": device.id,
            "token": token,
        }
        request.session.authenticate(request.env, credential)
        request.session[DEVICE] = device.id
        return request.redirect(f"/pos/ui/{device.config_id.id}")

    @route("/tibillet/reader", type="http", auth="public", sitemap=False)
    def reader(self):
        device, _token = self._device()
        if device.kind != "reader":
            return request.redirect("/tibillet/pair")
        return self._page("tibillet_pos_nfc.page_reader", {"device": device})

    @route("/tibillet/reader/tap", type="jsonrpc", auth="public")
    def tap(self, uid, at):
        device, _token = self._device()
        return request.env["tibillet.till.device"]._reader_tap(device, uid, at)

    @route("/tibillet_nfc/remote_tap", type="jsonrpc", auth="user")
    def remote_tap(self, session_id, sealed):
        return request.env["tibillet.till"]._remote_tap(session_id, sealed)

    def _device(self):
        """The device that its cookie names, and its token."""
        number, _dot, token = request.cookies.get(COOKIE, "").partition(".")
        device = request.env["tibillet.till.device"]._of_token(int(number) if number.isdecimal() else 0, token)
        return device, token

    def _page(self, template, values):
        lang = request.env.context.get("lang") or "en_US"
        words = request.env["tibillet.till.device"]._page_words()
        page = request.render(template, {**values, "html_lang": lang[:2], "words": scriptsafe.dumps(words)})
        page.headers["Cache-Control"] = "no-store"
        return page
