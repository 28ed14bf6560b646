import json
import time

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from .private import private


class MyWallet(http.Controller):
    """What holders see and do of their own wallet."""

    def _wallet(self):
        """The wallet (sudo) of who is signed in."""
        return request.env["tibillet.wallet"].sudo()._for_partner(request.env.user.partner_id)

    def _tibillet_wallet_values(self, wallet, page=1):
        """Values of the wallet's page; other addons add theirs."""
        moves, pages = wallet._web_moves(page)
        return {
            "wallet": wallet,
            "balances": wallet._web_balances(),
            "moves": moves,
            "page": page,
            "pages": pages,
            "cards": request.env.user.partner_id.sudo().tibillet_card_ids,
            "done": request.session.pop("tibillet_done", None),
            "refusal": request.session.pop("tibillet_refusal", None),
            "opens_by_mail": request.env.user._tibillet_opens_by_mail(),
            "page_name": "tibillet_wallet",
        }

    @http.route("/my/wallet", type="http", auth="public", website=True, sitemap=False)
    def wallet(self, page="1", **_query):
        if request.env.user._is_public():
            return request.redirect("/wallet")
        number = int(page[:6]) if page.isdecimal() else 1
        return private(request.render("tibillet_website.wallet", self._tibillet_wallet_values(self._wallet(), number)))

    @http.route("/my/wallet/statement", type="http", auth="user", website=True, sitemap=False)
    def statement(self, **_query):
        report = request.env["ir.actions.report"].sudo().with_context(tibillet_holder=True)
        pdf, _kind = report._render_qweb_pdf("tibillet_base.report_wallet", self._wallet().ids)
        return self._download(pdf, "application/pdf", "pdf")

    @http.route("/my/wallet/data", type="http", auth="user", website=True, sitemap=False)
    def data(self, **_query):
        content = json.dumps(self._wallet()._web_export(), ensure_ascii=False, indent=2)
        return self._download(content, "application/json; charset=utf-8", "json")

    def _download(self, content, kind, extension):
        name = f"{request.env._('wallet')}-{fields.Date.context_today(request.env.user)}.{extension}"
        return request.make_response(
            content,
            [
                ("Content-Type", kind),
                ("Content-Disposition", http.content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/my/wallet/card", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def link_card(self, number="", **_form):
        """Whatever was typed, a mail goes and the answer is the same: only the card in the hand is linked by it."""
        card = request.env["tibillet.card"]._of_print(number)
        return self._confirm_by_mail("link", card if card._may_be_claimed() else None)

    @http.route(
        "/my/wallet/card/<int:card_id>/lost", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def declare_lost(self, card_id, **_form):
        card = request.env.user.partner_id.sudo().tibillet_card_ids.filtered(lambda card: card.id == card_id)
        if not card:
            raise request.not_found()
        card._declare_lost()
        return self._back(
            request.env._("Card %s pays no more. Your money is safe: ask for a new card at the bar.", card.number)
        )

    @http.route("/my/wallet/erase", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def ask_erase(self, **_query):
        values = {
            "holds": self._wallet()._holds(),
            "is_sure": self._is_sure(),
            "email": request.env.user.login,
        }
        return private(request.render("tibillet_website.erase", values))

    @http.route("/my/wallet/erase/mail", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def mail_erase(self, **_form):
        return self._confirm_by_mail("erase")

    @http.route("/my/wallet/erase", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def erase(self, **_form):
        if not self._is_sure():
            return self._back(refusal=request.env._("Open the link in the mail first: it says that it is really you."))
        try:
            request.env.user.partner_id._tibillet_erase()
        except UserError as refusal:
            return self._back(refusal=str(refusal))
        request.session.logout(keep_db=True)
        return request.render("tibillet_website.erased", {})

    def _is_sure(self):
        """Whether who is signed in has just opened the mail about erasing; not who was here before in this browser."""
        uid, until = request.session.get("tibillet_may_erase") or (None, 0)
        return uid == request.env.uid and time.time() < until

    def _confirm_by_mail(self, purpose, card=None):
        user = request.env.user
        if not user._tibillet_opens_by_mail():
            return self._back(refusal=request.env._("This account is not opened by mail: ask at a card desk."))
        request.env["tibillet.login.link"]._ask(user.login, request.httprequest.remote_addr, purpose, card)
        return self._back(request.env._("A mail to %s asks you to confirm.", user.login))

    def _back(self, done=None, refusal=None):
        request.session["tibillet_done"] = done
        request.session["tibillet_refusal"] = refusal
        return request.redirect("/my/wallet")
