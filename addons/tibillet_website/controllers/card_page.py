from odoo import http
from odoo.http import request

from .private import private


class CardPage(http.Controller):
    """The page behind the QR code printed on a card: for whoever holds it in their hand."""

    @http.route("/qr/<string:code>", type="http", auth="public", website=True, sitemap=False)
    def card(self, code, **_query):
        card = request.env["tibillet.card"]._of_qr(code)
        if not card:
            return request.render("tibillet_website.card_unknown", {}, status=404)
        is_mine = card.partner_id and card.partner_id == request.env.user.partner_id
        if is_mine:
            return request.redirect("/my/wallet")
        may_claim = card._may_be_claimed()
        values = {
            "card": card,
            "may_claim": may_claim,
            "balances": card.wallet_id._web_balances() if may_claim and card.wallet_id else [],
        }
        return private(request.render("tibillet_website.card", values))

    @http.route("/qr/<string:code>/claim", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def claim(self, code, email="", **_form):
        """Make this card mine: confirmed by a mail, to the address of who is signed in or the one typed."""
        user = request.env.user
        if not user._is_public() and not user._tibillet_opens_by_mail():
            return request.redirect("/my/wallet")
        card = request.env["tibillet.card"]._of_qr(code)
        address = email if user._is_public() else user.login
        links = request.env["tibillet.login.link"]
        purpose = {"purpose": "link", "card": card} if card._may_be_claimed() else {}
        if not links._ask(address, request.httprequest.remote_addr, **purpose):
            return request.redirect(f"/qr/{card.qr_uuid}" if card else "/wallet")
        return private(request.render("tibillet_website.link_sent", {"email": address.strip()}))
