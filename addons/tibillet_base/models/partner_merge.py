from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge the wallets by the ledger first: Odoo would delete the second one, as a person has one wallet only."""
        (src_partners | dst_partner)._check_tibillet_wallets()
        wallets = self.env["tibillet.wallet"].sudo()
        for source in src_partners.sudo().tibillet_wallet_ids:
            source._empty_into(wallets._for_partner(dst_partner))
            source._forget("merged")
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
