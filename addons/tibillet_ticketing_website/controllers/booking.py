from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tibillet_website.controllers.private import private

ROUTE = "/booking/<int:ticket_id>/<string:word>"
OPEN = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class Booking(http.Controller):
    """The page that a ticket's mail leads to: show it, pass it on, cancel it. Who has the link needs no account."""

    def _tickets(self, ticket_id, word):
        """(the link's own ticket, tickets it shows, whether it is the buyer's), all sudo; 404 for any other word."""
        ticket = request.env["event.registration"].sudo().browse(ticket_id).exists()
        tickets, is_buyer = ticket._tibillet_of_word(word) if ticket else (ticket, False)
        if not tickets:
            raise request.not_found()
        return ticket, tickets, is_buyer

    def _buyers(self, ticket_id, word, which):
        """(the link's address, one of the buyer's tickets); 404 for anybody else."""
        _ticket, tickets, is_buyer = self._tickets(ticket_id, word)
        chosen = tickets.filtered(lambda ticket: is_buyer and ticket.id == which)
        if not chosen:
            raise request.not_found()
        return f"/booking/{ticket_id}/{word}", chosen

    def _said(self, address, text, kind="tibillet_done"):
        request.session[kind] = text
        return request.redirect(address)

    @http.route(ROUTE, methods=["GET"], **OPEN)
    def booking(self, ticket_id, word, **_query):
        ticket, tickets, is_buyer = self._tickets(ticket_id, word)
        values = {
            "address": f"/booking/{ticket_id}/{word}",
            "ticket": ticket,
            "by_event": tickets.grouped("event_id"),
            "is_buyer": is_buyer,
            "done": request.session.pop("tibillet_done", None),
            "refusal": request.session.pop("tibillet_refusal", None),
        }
        return private(request.render("tibillet_ticketing_website.booking", values))

    @http.route(f"{ROUTE}/rename/<int:which>", methods=["POST"], **OPEN)
    def rename(self, ticket_id, word, which, name="", email="", **_form):
        address, ticket = self._buyers(ticket_id, word, which)
        try:
            ticket._tibillet_rename(name, email)
        except UserError as error:
            return self._said(address, str(error), "tibillet_refusal")
        ticket._tibillet_resend()
        return self._said(
            address, request.env._("%(name)s comes. The code sent before is no longer good.", name=ticket.name)
        )

    @http.route(f"{ROUTE}/resend", methods=["POST"], **OPEN)
    def resend(self, ticket_id, word, **_form):
        ticket, _tickets, _is_buyer = self._tickets(ticket_id, word)
        if request.session.get("tibillet_resent") == ticket.id:
            return self._said(
                f"/booking/{ticket_id}/{word}", request.env._("It was sent. Look among the unwanted mail.")
            )
        request.session["tibillet_resent"] = ticket.id
        ticket._tibillet_resend()
        return self._said(f"/booking/{ticket_id}/{word}", request.env._("Sent to %(email)s.", email=ticket.email or ""))

    @http.route(f"{ROUTE}/cancel/<int:which>", methods=["GET"], **OPEN)
    def ask(self, ticket_id, word, which, **_query):
        address, ticket = self._buyers(ticket_id, word, which)
        if reason := ticket._tibillet_why_not_cancel():
            return self._said(address, reason, "tibillet_refusal")
        # Never more than was paid online: what was paid by hand is given back by hand.
        price = min(ticket._tibillet_price(), ticket.sale_order_id._tibillet_paid())
        values = {"address": address, "ticket": ticket, "price": price}
        values["wallet"] = values["price"] and ticket.sale_order_id._tibillet_asset()
        return private(request.render("tibillet_ticketing_website.booking_cancel", values))

    @http.route(f"{ROUTE}/cancel/<int:which>", methods=["POST"], **OPEN)
    def cancel(self, ticket_id, word, which, to="payment", **_form):
        address, ticket = self._buyers(ticket_id, word, which)
        if reason := ticket._tibillet_why_not_cancel():
            return self._said(address, reason, "tibillet_refusal")
        try:
            ticket._tibillet_cancel("wallet" if to == "wallet" else "payment")
        except UserError as error:
            return self._said(address, str(error), "tibillet_refusal")
        return self._said(address, ticket._tibillet_refund_sentence())
