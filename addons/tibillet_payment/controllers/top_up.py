import re

from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment.controllers.portal import PaymentPortal

AMOUNT = re.compile(r"\d{1,6}([.,]\d{1,6})?")


class TopUp(PaymentPortal):
    """A holder tops up their own wallet: choose the money and the amount, then Odoo's own payment form."""

    @http.route("/my/wallet/top-up", type="http", auth="public", website=True, sitemap=False)
    def top_up(self, asset="", amount="", **_query):
        if request.env.user._is_public():
            return request.redirect("/wallet")
        partner = request.env.user.partner_id
        assets = request.env["tibillet.asset"]._online(partner)
        chosen = assets.filtered(lambda one: str(one.id) == asset)[:1] or assets[:1]
        refusal = None
        if chosen and amount:
            value = self._amount(amount)
            refusal = chosen._online_refusal(self._top_up_wallet(), value)
            if not refusal:
                return self._private(request.render("tibillet_payment.top_up_pay", self._pay_values(chosen, value)))
        values = {"assets": assets, "asset": chosen, "refusal": refusal, "amount": amount}
        return self._private(request.render("tibillet_payment.top_up", values))

    def _amount(self, text):
        """What was typed ("20", "20,50") as a float; anything else is 0, which no bound allows."""
        text = text.strip()
        return float(text.replace(",", ".")) if AMOUNT.fullmatch(text) else 0.0

    def _top_up_wallet(self):
        return request.env["tibillet.wallet"].sudo()._for_partner(request.env.user.partner_id)

    def _pay_values(self, asset, amount):
        """What the template ``payment.form`` asks for; nobody but the issuer's providers is offered."""
        partner = request.env.user.partner_id
        providers = asset._online_providers(partner, amount)
        return {
            "asset": asset,
            "amount": amount,
            "currency": asset.currency_id,
            "partner_id": partner.id,
            "providers_sudo": providers,
            "payment_methods_sudo": request.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(providers.ids, partner.id, currency_id=asset.currency_id.id),
            "tokens_sudo": asset._online_tokens(providers, partner),
            "show_tokenize_input_mapping": self._compute_show_tokenize_input_mapping(providers),
            "transaction_route": f"/my/wallet/top-up/transaction/{asset.id}",
            "landing_route": "/my/wallet",
            "access_token": payment_utils.generate_access_token(partner.id, amount, asset.currency_id.id),
        }

    @http.route("/my/wallet/top-up/transaction/<int:asset_id>", type="jsonrpc", auth="user")
    def top_up_transaction(self, asset_id, amount, access_token, provider_id, **kwargs):
        """A draft payment for one's own wallet, checked again: nobody pays what could not be credited.

        :param float amount: in the asset's currency, the one that the access token was made for
        :return: the processing values of ``payment.transaction``
        """
        self._validate_transaction_kwargs(kwargs)
        if kwargs.get("is_validation"):
            raise Forbidden()
        partner = request.env.user.partner_id
        amount = float(amount)
        asset = request.env["tibillet.asset"]._online(partner).filtered(lambda one: one.id == asset_id)
        if not asset or not payment_utils.check_access_token(access_token, partner.id, amount, asset.currency_id.id):
            raise Forbidden()
        provider = asset._online_providers(partner, amount).filtered(lambda one: one.id == provider_id)
        token_id = kwargs.get("token_id")
        if not provider or (token_id and token_id not in asset._online_tokens(provider, partner).ids):
            raise Forbidden()
        wallet = self._top_up_wallet()
        if refusal := asset._online_refusal(wallet, amount):
            raise ValidationError(refusal)
        kwargs.update(
            provider_id=provider_id,
            amount=amount,
            partner_id=partner.id,
            currency_id=asset.currency_id.id,
            reference_prefix=payment_utils.singularize_reference_prefix(prefix="TOPUP"),
        )
        tx = self._create_transaction(
            custom_create_values=request.env["payment.transaction"]._tibillet_create_values(asset, wallet), **kwargs
        )
        tx.landing_route = f"/my/wallet/top-up/done/{tx.id}"
        return tx._get_processing_values()

    def _private(self, response):
        response.headers["Cache-Control"] = "no-store"
        return response
