from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError
from odoo.http import Controller, request, route


class PrepController(Controller):
    """A preparation screen: its page, and what the page asks. Each answer is the whole screen, read again."""

    @route("/tibillet/prep/<int:screen_id>", type="http", auth="user")
    def page(self, screen_id, **_ignored):
        try:
            screen = self._screen(screen_id)
        except AccessError as error:
            raise NotFound() from error
        session_info = {
            **request.env["ir.http"].session_info(),
            "tibillet_prep": {"screen_id": screen.id, "channel": screen._channel()},
        }
        return request.render(
            "tibillet_pos_restaurant.prep_screen_page",
            {"session_info": session_info, "title": screen.name, "lang": request.env.lang},
        )

    @route("/tibillet/prep/<int:screen_id>/state", type="jsonrpc", auth="user", readonly=True)
    def state(self, screen_id):
        return self._screen(screen_id)._state()

    @route("/tibillet/prep/<int:screen_id>/move", type="jsonrpc", auth="user")
    def move(self, screen_id, ticket_id, known, to):
        screen = self._screen(screen_id)
        screen._ticket(ticket_id)._move(known, to)
        return screen._state()

    @route("/tibillet/prep/<int:screen_id>/tick", type="jsonrpc", auth="user")
    def tick(self, screen_id, ticket_id, line_id, done):
        screen = self._screen(screen_id)
        screen._ticket(ticket_id)._tick(line_id, done)
        return screen._state()

    @route("/tibillet/prep/<int:screen_id>/reprint", type="jsonrpc", auth="user")
    def reprint(self, screen_id, ticket_id):
        screen = self._screen(screen_id)
        screen._ticket(ticket_id)._reprint()
        return screen._state()

    def _screen(self, screen_id):
        screen = request.env["tibillet.prep.screen"].search([("id", "=", screen_id)])
        if not screen:
            raise AccessError(request.env._("This screen is not yours, or is gone. Ask the manager."))
        return screen._for_reader()
