from odoo.http import Controller, request, route


class LoginController(Controller):
    """A cashier taps in and leaves."""

    @route("/tibillet_nfc/login", type="jsonrpc", auth="user")
    def login(self, session_id, tap):
        return request.env["tibillet.till"]._login(session_id, tap)

    @route("/tibillet_nfc/logout", type="jsonrpc", auth="user")
    def logout(self, session_id):
        return request.env["tibillet.till"]._logout(session_id)
