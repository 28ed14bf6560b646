from odoo.http import Controller, request, route


class BadgeController(Controller):
    """A card is badged. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/badge", type="jsonrpc", auth="user")
    def badge(self, session_id, tap):
        return request.env["tibillet.till"]._badge(session_id, tap)
