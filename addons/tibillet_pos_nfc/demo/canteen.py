from odoo import api, models

from odoo.addons.tibillet_base import ledger

CARD = "N9GH14RU"
TOPPED = 4000


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_canteen(self):
        """Money of the barn that pays meals only: their VAT was declared when Fatou's card was topped up."""
        barn = self._ref("demo_company_grange")
        tax = self._sale_tax(barn, 10)
        if not tax:
            return
        asset = self.env["tibillet.asset"].create(
            {
                "name": "Cantine de la Grange",
                "code": "CANTINE",
                "kind": "money",
                "place_id": self._ref("demo_place_grange").id,
                "currency_id": barn.currency_id.id,
                "refundable": True,
                "voucher_kind": "single_purpose",
                "voucher_tax_id": tax.id,
            }
        )
        barn._tibillet_setup_books()
        place, wallet, key = asset.place_id, self._card(CARD)._wallet(), "demo:canteen"
        lines = (ledger.Line(place.wallet_id.id, asset.id, -TOPPED), ledger.Line(wallet.id, asset.id, TOPPED))
        self.env["tibillet.ledger.transaction"]._post([ledger.Entry(key, "top_up", place.id, lines)])
        booking = self.env["tibillet.booking"]._of_closing(barn, key, "Cantine : recharges")
        booking._post_operations([key], self._bank_account(barn))
