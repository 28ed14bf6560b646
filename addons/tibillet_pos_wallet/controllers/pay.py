from odoo import http
from odoo.http import request

from odoo.addons.tibillet_pos_nfc.models.till import Refusal
from odoo.addons.tibillet_website.controllers.private import private
from odoo.addons.tibillet_website.controllers.sign_in import NEXT


class Pay(http.Controller):
    """The page behind a till's code: who scanned it sees what is asked, and confirms once."""

    @http.route("/pay/<string:token>", type="http", auth="public", website=True, sitemap=False)
    def pay(self, token, **_query):
        asked = request.env["tibillet.phone.payment"]._of_token(token)
        if not asked:
            return private(request.render("tibillet_pos_wallet.pay_unknown", {}, status=404))
        if asked.state in ("held", "refused") and asked.partner_id == request.env.user.partner_id:
            return private(request.render("tibillet_pos_wallet.pay_result", self._values(asked)))
        if not asked._seconds():
            return self._over(asked)
        if request.env.user._is_public():
            # Back here once signed in, whichever way.
            request.session[NEXT] = f"/pay/{token}"
            return private(request.render("tibillet_pos_wallet.pay_sign_in", self._values(asked)))
        till, wallet = request.env["tibillet.till"].sudo(), request.env["tibillet.wallet"].sudo()
        try:
            preview = till._phone_preview(asked, wallet._for_partner(request.env.user.partner_id))
        except Refusal:
            return self._over(asked)
        return private(request.render("tibillet_pos_wallet.pay_confirm", {**self._values(asked), **preview}))

    @http.route(
        "/pay/<string:token>/confirm", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def confirm(self, token, **_form):
        asked = request.env["tibillet.phone.payment"]._of_token(token)
        if asked and not request.env.user._is_public():
            asked._confirm(request.env.user.partner_id)
        return request.redirect(f"/pay/{token}")

    def _over(self, asked):
        return private(request.render("tibillet_pos_wallet.pay_over", {"is_paid": asked.state == "held"}, status=410))

    def _values(self, asked):
        config = asked.session_id.config_id
        currency = config.currency_id

        def money(amount):
            return currency.format((amount or 0) / 10**currency.decimal_places)

        return {
            "asked": asked,
            "token": asked._token(),
            "venue": config.company_id.tibillet_place_id.name,
            "amount": money(asked.amount) if asked.amount else "",
            "money": money,
            "answer": asked.answer or {},
        }
