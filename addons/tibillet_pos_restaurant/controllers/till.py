from odoo.http import Controller, request, route


class TableController(Controller):
    @route("/tibillet_nfc/table_name", type="jsonrpc", auth="user")
    def table_name(self, session_id, tap):
        return request.env["tibillet.till"]._table_name(session_id, tap)

    @route("/tibillet_nfc/cancel_lines", type="jsonrpc", auth="user")
    def cancel_lines(self, session_id, order_uuid, key, lines, approval, reason=""):
        return request.env["tibillet.till"]._cancel_lines(session_id, order_uuid, key, lines, approval, reason)

    @route("/tibillet_nfc/reprint", type="jsonrpc", auth="user")
    def reprint(self, session_id, ticket_id, turn):
        return request.env["tibillet.till"]._reprint(session_id, ticket_id, turn)

    @route("/tibillet_nfc/tables", type="jsonrpc", auth="user")
    def tables(self, session_id):
        return request.env["tibillet.till"]._tables(session_id)
