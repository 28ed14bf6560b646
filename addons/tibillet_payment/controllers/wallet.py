from odoo import http
from odoo.http import request

from odoo.addons.tibillet_website.controllers.wallet import MyWallet


class MyWalletOnline(MyWallet):
    def _tibillet_wallet_values(self, wallet, page=1):
        """Also what the top-up button needs, and what is not settled yet."""
        values = super()._tibillet_wallet_values(wallet, page)
        payments = request.env["payment.transaction"].sudo()
        return {
            **values,
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
