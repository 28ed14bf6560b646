from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tibillet_payment.controllers.top_up import AMOUNT
from odoo.addons.tibillet_website.controllers.private import private
from odoo.addons.tibillet_website.controllers.wallet import MyWallet


class AutoTopUp(MyWallet):
    """A holder switches their automatic top-up on, changes it, switches it off."""

    def _tibillet_wallet_values(self, wallet, page=1):
        values = super()._tibillet_wallet_values(wallet, page)
        autos = (
            request.env["tibillet.auto.top.up"].sudo().search([("wallet_id", "=", wallet.id), ("state", "!=", "off")])
        )
        return {**values, "autos": autos}

    @http.route("/my/wallet/auto", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def auto(self, **_query):
        wallet, autos = self._wallet(), request.env["tibillet.auto.top.up"]
        partner = request.env.user.partner_id
        values = {
            "rows": [
                (asset, autos._of(wallet, asset), autos._tokens(asset, partner), autos._consent(asset))
                for asset in request.env["tibillet.asset"]._online(partner)
            ],
            "refusal": request.session.pop("tibillet_auto_refusal", None),
        }
        return private(request.render("tibillet_stripe.auto", values))

    @http.route("/my/wallet/auto/on", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def auto_on(self, asset="", token="", threshold="", amount="", ceiling="", agree="", **_form):
        assets = request.env["tibillet.asset"]._online(request.env.user.partner_id)
        chosen = assets.filtered(lambda one: str(one.id) == asset)
        if not chosen:
            raise request.not_found()
        autos = request.env["tibillet.auto.top.up"]
        card = autos._tokens(chosen, request.env.user.partner_id).filtered(lambda one: str(one.id) == token)
        try:
            autos._agree(
                self._wallet(),
                chosen,
                card,
                self._typed(threshold),
                self._typed(amount),
                self._typed(ceiling),
                agreed=agree == "on",
            )
        except UserError as refusal:
            request.session["tibillet_auto_refusal"] = str(refusal)
            return request.redirect("/my/wallet/auto")
        return self._back(request.env._("Your wallet now fills by itself. You are told by mail of each debit."))

    @http.route("/my/wallet/auto/off", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def auto_off(self, auto="", **_form):
        autos = request.env["tibillet.auto.top.up"].sudo().search([("wallet_id", "=", self._wallet().id)])
        chosen = autos.filtered(lambda one: str(one.id) == auto)
        if not chosen:
            raise request.not_found()
        chosen._switch_off()
        return self._back(request.env._("Switched off: nothing more is debited by itself."))

    def _typed(self, text):
        """What was typed ("20", "20,50") as a float; anything else is 0, which no bound allows."""
        text = text.strip()
        return float(text.replace(",", ".")) if AMOUNT.fullmatch(text) else 0.0
