from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tibillet_base import ledger


class PosOrder(models.Model):
    """What single-purpose money may pay."""

    _inherit = "pos.order"

    def _check_tibillet_vouchers(self, requests):
        """Refuse an order whose articles bear another tax than the single-purpose money that pays it.

        Top-ups, and what costs nothing, are no matter.

        :param requests: captures and refunds of the order's cards
        """
        vouchers = self.env["tibillet.till"]._voucher_taxes(self.company_id.tibillet_place_id.id)
        moved = self._tibillet_moved(requests) if vouchers else ()
        for asset_id in vouchers.keys() & moved:
            for line in self.lines.filtered(lambda line: not line.product_id.tibillet_asset_id):
                if line.tax_ids_after_fiscal_position.ids != [vouchers[asset_id]] and line._tibillet_price():
                    asset = self.env["tibillet.asset"].sudo().browse(asset_id)
                    raise UserError(asset._voucher_refusal(line.product_id))

    def _tibillet_moved(self, requests):
        """Ids of the assets that these requests to the ledger move."""
        captures = [request.hold_key for request in requests if isinstance(request, ledger.Capture)]
        held = {line[0] for hold in ledger.holds(self.env.cr, captures).values() for line in hold.lines}
        entries = [request for request in requests if isinstance(request, ledger.Entry)]
        return held | {line.asset_id for entry in entries for line in entry.lines}
