from odoo.http import Controller, request, route


class TillController(Controller):
    """What the till asks when a card is tapped. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/card", type="jsonrpc", auth="user")
    def card(self, session_id, tap):
        return request.env["tibillet.till"]._card(session_id, tap)

    @route("/tibillet_nfc/authorise", type="jsonrpc", auth="user")
    def authorise(
        self, session_id, payment_uuid, order_uuid, amount, tap, other_holds=(), units=(), articles=(), gift_room=0
    ):
        till = request.env["tibillet.till"]
        asked = (session_id, payment_uuid, order_uuid, amount, tap, other_holds, units, articles, gift_room)
        return till._authorise(*asked)

    @route("/tibillet_nfc/gift_back", type="jsonrpc", auth="user")
    def gift_back(self, session_id, lines):
        return request.env["tibillet.till"]._gift_back(session_id, lines)

    @route("/tibillet_nfc/release", type="jsonrpc", auth="user")
    def release(self, session_id, hold):
        return request.env["tibillet.till"]._release(session_id, hold)
