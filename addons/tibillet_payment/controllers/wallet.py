import re
import uuid

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tibillet_website.controllers.wallet import MyWallet

from .top_up import AMOUNT

KEY = re.compile(r"[0-9a-f-]{36}")


class MyWalletOnline(MyWallet):
    def _tibillet_wallet_values(self, wallet, page=1):
        """Also what the top-up button needs, and what is not settled yet."""
        values = super()._tibillet_wallet_values(wallet, page)
        payments = request.env["payment.transaction"].sudo()
        assets = [row["asset"] for row in values["balances"]]
        rooms = {asset: wallet._online_refundable(asset) for asset in assets}
        return {
            **values,
            "refunds": [
                (asset, asset.format(room), f"{room / 10**asset.decimal_places:.2f}")
                for asset, room in rooms.items()
                if room
            ],
            "refund_key": uuid.uuid4(),
            "may_top_up": bool(request.env["tibillet.asset"]._online(wallet.partner_id)),
            "unsettled": payments._tibillet_unsettled(wallet),
        }

    @http.route("/my/wallet/top-up/done/<int:tx_id>", type="http", auth="user", website=True, sitemap=False)
    def topped_up(self, tx_id, **_query):
        """Where the payment form leads to; says what became of the money."""
        payments = request.env["payment.transaction"].sudo()
        tx = payments.search([("id", "=", tx_id), ("partner_id", "=", request.env.user.partner_id.id)])
        if not tx.tibillet_asset_id:
            raise request.not_found()
        done, refusal = tx._tibillet_words()
        return self._back(done, refusal)

    @http.route("/my/wallet/give-back", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def give_back(self, asset="", amount="", key="", **_form):
        """Ask back what is left of what was paid online."""
        wallet = self._wallet()
        assets = [row["asset"] for row in wallet._web_balances()]
        chosen = next((one for one in assets if str(one.id) == asset), None)
        if not chosen or not KEY.fullmatch(key):
            raise request.not_found()
        text = amount.strip().replace(",", ".")
        value = float(text) if AMOUNT.fullmatch(text) else 0.0
        try:
            with request.env.cr.savepoint():
                wallet._online_refund(chosen, chosen._minor(value), f"online:{wallet.id}:{key}")
        except UserError as refusal:
            return self._back(refusal=str(refusal))
        return self._back(
            request.env._("Asked: %s go back to where they came from.", chosen.format(chosen._minor(value)))
        )
