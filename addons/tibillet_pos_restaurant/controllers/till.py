from odoo.http import Controller, request, route


class TableController(Controller):
    @route("/tibillet_nfc/table_name", type="jsonrpc", auth="user")
    def table_name(self, session_id, tap):
        return request.env["tibillet.till"]._table_name(session_id, tap)

    @route("/tibillet_nfc/tables", type="jsonrpc", auth="user")
    def tables(self, session_id):
        return request.env["tibillet.till"]._tables(session_id)
