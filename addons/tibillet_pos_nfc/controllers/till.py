from odoo.http import Controller, request, route


class TillController(Controller):
    """What the till asks when a card is tapped. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/card", type="jsonrpc", auth="user")
    def card(self, session_id, tap):
        return request.env["tibillet.till"]._card(session_id, tap)

    @route("/tibillet_nfc/authorise", type="jsonrpc", auth="user")
    def authorise(self, session_id, payment_uuid, order_uuid, amount, tap, other_holds=(), units=(), articles=()):
        till = request.env["tibillet.till"]
        return till._authorise(session_id, payment_uuid, order_uuid, amount, tap, other_holds, units, articles)

    @route("/tibillet_nfc/release", type="jsonrpc", auth="user")
    def release(self, session_id, hold):
        return request.env["tibillet.till"]._release(session_id, hold)
