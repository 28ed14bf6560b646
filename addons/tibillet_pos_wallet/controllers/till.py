from odoo.http import Controller, request, route


class PhoneController(Controller):
    """What the till asks about payment by phone. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/phone/ask", type="jsonrpc", auth="user")
    def ask(self, session_id, payment_uuid, order_uuid, amount, other_holds=(), units=(), articles=(), gift_room=0):
        till = request.env["tibillet.till"]
        return till._phone_ask(session_id, payment_uuid, order_uuid, amount, other_holds, units, articles, gift_room)

    @route("/tibillet_nfc/phone/poll", type="jsonrpc", auth="user")
    def poll(self, session_id, request_id):
        return request.env["tibillet.till"]._phone_poll(session_id, request_id)

    @route("/tibillet_nfc/phone/cancel", type="jsonrpc", auth="user")
    def cancel(self, session_id, request_id):
        return request.env["tibillet.till"]._phone_cancel(session_id, request_id)
