from odoo.http import Controller, request, route


class DeskController(Controller):
    """What the card desk asks. A refusal is an answer, never an error."""

    @route("/tibillet_nfc/desk/card", type="jsonrpc", auth="user")
    def card(self, session_id, tap):
        return request.env["tibillet.till"]._desk_card(session_id, tap)

    @route("/tibillet_nfc/desk/history", type="jsonrpc", auth="user")
    def history(self, session_id, tap):
        return request.env["tibillet.till"]._desk_history(session_id, tap)

    @route("/tibillet_nfc/desk/people", type="jsonrpc", auth="user")
    def people(self, session_id, tap, query):
        return request.env["tibillet.till"]._desk_people(session_id, tap, query)

    @route("/tibillet_nfc/desk/lost", type="jsonrpc", auth="user")
    def lost(self, session_id, tap, query):
        return request.env["tibillet.till"]._desk_lost(session_id, tap, query)

    @route("/tibillet_nfc/desk/act", type="jsonrpc", auth="user")
    def act(self, session_id, act, key, tap, values=None):
        return request.env["tibillet.till"]._desk_act(session_id, act, key, tap, values or {})
