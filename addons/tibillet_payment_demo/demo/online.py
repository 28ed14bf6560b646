from odoo import api, models


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_online(self):
        """What the demo venues issue as money is bought on the phone, with a provider that only plays."""
        assets = self._ref("demo_asset_euro") | self._ref("demo_asset_local")
        for company in assets.company_id:
            provider = self.env.ref("payment.payment_provider_demo").copy(
                {"company_id": company.id, "name": "Demo", "is_published": True}
            )
            provider.state = "test"
            provider.journal_id = self._bank_journal(company)
        assets.online_topup = True
