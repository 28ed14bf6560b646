from odoo import models, tools

from odoo.addons.tibillet_cashless.models.asset import BOOKED_KINDS


class TibilletPlace(models.Model):
    _inherit = "tibillet.place"

    @tools.ormcache("self.id")
    def _accepted_asset_ids(self):
        """Without what venues owe for that owe this one more than the cap, where it chose to take no more."""
        accepted = super()._accepted_asset_ids()
        refused = [("company_id", "=", self.sudo().company_id.id), ("refused", "=", True)]
        over = self.env["tibillet.settlement.pair"].sudo().search(refused)
        if not over:
            return accepted
        assets = self.env["tibillet.asset"].sudo().browse(accepted)
        return tuple(
            assets.filtered(lambda a: a.kind not in BOOKED_KINDS or a.place_id.company_id not in over.other_id).ids
        )
