from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request


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
        return request.render("tibillet_website.link_sent", {"email": email.strip()})

    @http.route("/wallet/in/<string(length=43):token>", type="http", auth="public", website=True, sitemap=False)
    def door(self, token, **_query):
        """Programs that read mails open its links: only the button does, by POST."""
        link = request.env["tibillet.login.link"]._of_token(token)
        if not link:
            return request.render("tibillet_website.link_over", {}, status=410)
        return self._private(request.render("tibillet_website.door", {"link": link, "token": token}))

    @http.route(
        "/wallet/in/<string(length=43):token>/open", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def enter(self, token, number="", **_form):
        link = request.env["tibillet.login.link"]._of_token(token)
        # Somebody else may have asked with their own card, to spend this wallet: only a card in the hand is linked.
        if link.purpose == "link" and request.env["tibillet.card"]._of_print(number) != link.card_id:
            return self._private(
                request.render("tibillet_website.door", {"link": link, "token": token, "is_other": True})
            )
        try:
            request.session.authenticate(request.env, {"type": "tibillet_link", "token": token})
        except AccessDenied:
            return request.render("tibillet_website.link_over", {}, status=410)
        if not request.session.uid:
            return request.redirect(request.env["res.users"].browse(request.session.pre_uid)._mfa_url())
        return self._act(link)

    def _act(self, link):
        """What the mail was asked for beside signing in."""
        if link.purpose == "erase":
            request.session["tibillet_may_erase"] = True
            return request.redirect("/my/wallet/erase")
        if link.purpose == "link":
            try:
                with request.env.cr.savepoint():
                    link.card_id._link(request.env.user.partner_id)
            except UserError as refusal:
                request.session["tibillet_refusal"] = str(refusal)
            else:
                request.session["tibillet_done"] = request.env._("Card %s is yours now.", link.card_id.number)
        return request.redirect("/my/wallet")

    def _private(self, response):
        """The address of this page opens a wallet: it is not told to other sites, nor kept."""
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
