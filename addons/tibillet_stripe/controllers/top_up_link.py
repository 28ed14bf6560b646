import stripe

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tibillet_website.controllers.private import private


class TopUpLink(http.Controller):
    """The short address of a top-up: what is asked, then Stripe's page. To look at it makes nothing: mail readers look."""

    @http.route("/top-up/<string:token>", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    def top_up_link(self, token, back="", **_query):
        link = request.env["tibillet.top.up.link"]._of_token(token)
        if back and link.tx_id.state in ("draft", "pending", "error"):
            try:
                link.tx_id._tibillet_read_session()
            except stripe.StripeError:
                return self._page(link, request.env._("Your payment is not confirmed yet: look again in a minute."))
        return self._page(link)

    @http.route("/top-up/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def top_up_pay(self, token, **_form):
        link = request.env["tibillet.top.up.link"]._of_token(token)
        if not link or link._is_over():
            return self._page(link)
        try:
            # No savepoint: what Stripe has been asked for is written down, or all of it is undone.
            address = link._checkout()
        except UserError as refusal:
            request.env.cr.rollback()
            return self._page(link, str(refusal))
        if not address:
            return self._page(link)
        return request.redirect(address, code=303, local=False)

    def _page(self, link, refusal=None):
        is_over = not link or link._is_over()
        values = {"link": link, "is_over": is_over, "refusal": refusal}
        return private(request.render("tibillet_stripe.top_up_link", values, status=404 if is_over else 200))
