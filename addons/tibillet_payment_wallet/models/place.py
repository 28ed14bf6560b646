from odoo import Command, api, models


class TibilletPlace(models.Model):
    _inherit = "tibillet.place"

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        places._tibillet_take_wallets()
        return places

    def _tibillet_take_wallets(self):
        """A payment provider for wallets in each of these places' companies, made once."""
        providers = self.env["payment.provider"].sudo()
        method = self.env.ref("tibillet_payment_wallet.method_wallet")
        for company in self.company_id:
            if not providers.search_count([("code", "=", "tibillet_wallet"), ("company_id", "=", company.id)]):
                providers.with_company(company).create(
                    {
                        "name": "Wallet",
                        "code": "tibillet_wallet",
                        "company_id": company.id,
                        "redirect_form_view_id": self.env.ref("tibillet_payment_wallet.redirect_form").id,
                        "payment_method_ids": [Command.set(method.ids)],
                        "state": "enabled",
                        "is_published": True,
                        "sequence": 1,
                    }
                )
