from odoo import http
from odoo.http import request

URL = "/payment/wallet/pay"


class PayWithWallet(http.Controller):
    @http.route(URL, type="http", auth="user", methods=["POST"], website=True, sitemap=False)
    def pay(self, reference="", **_form):
        """The payer has pressed "Pay": their own wallet, in their own session, is asked."""
        tx = request.env["payment.transaction"].sudo()._search_by_reference("tibillet_wallet", {"reference": reference})
        if tx and tx.partner_id == request.env.user.partner_id:
            tx._process("tibillet_wallet", {"reference": reference})
            tx._tibillet_finish()
        return request.redirect("/payment/status")
