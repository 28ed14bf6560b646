from odoo.http import Controller, request, route


class RulesController(Controller):
    """What the till asks about an order before it is paid. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/offer", type="jsonrpc", auth="user")
    def offer(self, session_id, order_uuid, line_uuid, amount, approval, reason=""):
        return request.env["tibillet.till"]._offer(session_id, order_uuid, line_uuid, amount, approval, reason)
