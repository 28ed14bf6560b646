from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from ..models.login_link import LIFE
from .private import private

DOOR, ACT = "tibillet_door", "tibillet_act"
# Where a page of ours wants who signs in to come back, as a path: kept by the server, never read from an address.
NEXT = "tibillet_next"


class SignIn(http.Controller):
    """In by a link in a mail: no password to remember, beside Odoo's own log-in and passkeys."""

    @http.route("/wallet", type="http", auth="public", website=True, sitemap=True)
    def ask(self, **_query):
        if not request.env.user._is_public():
            return request.redirect("/my/wallet")
        return request.render("tibillet_website.sign_in", {})

    @http.route("/wallet/link", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def send(self, email="", **_form):
        links = request.env["tibillet.login.link"]
        if not links._ask(email, request.httprequest.remote_addr):
            return request.render("tibillet_website.sign_in", {"email": email, "is_refused": True})
        return private(request.render("tibillet_website.link_sent", {"email": email.strip()}))

    @http.route("/wallet/in/<string(length=43):token>", type="http", auth="public", website=True, sitemap=False)
    def arrive(self, token, **_query):
        """What opens a wallet leaves the address bar at once: no script of the page and no other site reads it."""
        request.session[DOOR] = token
        return private(request.redirect("/wallet/in"))

    @http.route("/wallet/in", type="http", auth="public", website=True, sitemap=False)
    def door(self, **_query):
        """Programs that read mails open its links: only the button does, by POST."""
        link = self._link_at_the_door()
        return self._show(link) if link else self._over()

    @http.route("/wallet/in/open", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def enter(self, number="", door="", **_form):
        link = self._link_at_the_door()
        if not link:
            return self._over()
        # Another link was opened since in this browser, by its owner or by another site: it says whose it is first.
        if door and door != link._door():
            return self._show(link)
        # Somebody else may have asked with their own card, to spend this wallet: only a card in the hand is linked.
        if link.purpose == "link" and not link._is_shown(number):
            return self._show(link, is_other=True) if self._link_at_the_door() else self._over()
        try:
            request.session.authenticate(request.env, {"type": "tibillet_link", "token": request.session.get(DOOR)})
        except AccessDenied:
            # Odoo makes a network wait where passwords were tried; the link still opens afterwards.
            return self._show(link, is_busy=True) if link._user() else self._over()
        del request.session[DOOR]
        request.session[ACT] = link.id
        if not request.session.uid:
            second_factor = request.env["res.users"].browse(request.session["pre_uid"])._mfa_url()
            return request.redirect(f"{second_factor}?redirect=/wallet/act")
        return self.act()

    @http.route("/wallet/act", type="http", auth="user", website=True, sitemap=False)
    def act(self, **_query):
        """What the mail was asked for beside signing in, by the one whom it was sent to."""
        link = request.env["tibillet.login.link"].sudo().browse(request.session.pop(ACT, False)).exists()
        if link._user() != request.env.user:
            return request.redirect("/my/wallet")
        if link.purpose == "erase":
            request.session["tibillet_may_erase"] = [request.env.uid, (link.used_at + LIFE).timestamp()]
            return request.redirect("/my/wallet/erase")
        if link.purpose == "link":
            self._link_card(link.card_id)
        return request.redirect(request.session.pop(NEXT, None) or "/my/wallet")

    def _link_card(self, card):
        try:
            with request.env.cr.savepoint():
                card._link(request.env.user.partner_id)
        except UserError as refusal:
            request.session["tibillet_refusal"] = str(refusal)
        else:
            request.session["tibillet_done"] = request.env._("Card %s is yours now.", card.number)

    def _link_at_the_door(self):
        return request.env["tibillet.login.link"]._of_token(request.session.get(DOOR))

    def _show(self, link, **values):
        return private(request.render("tibillet_website.door", {"link": link, **values}))

    def _over(self):
        return private(request.render("tibillet_website.link_over", {}, status=410))
