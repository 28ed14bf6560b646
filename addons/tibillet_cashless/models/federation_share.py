from odoo import api, models
from odoo.exceptions import ValidationError


class TibilletFederationShare(models.Model):
    _inherit = "tibillet.federation.share"

    @api.constrains("asset_id")
    def _check_voucher(self):
        """Shared, nobody would know at the top-up where it is spent."""
        for asset in self.sudo().asset_id.filtered(lambda asset: asset.voucher_kind == "single_purpose"):
            raise ValidationError(asset._voucher_stays())
