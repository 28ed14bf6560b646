from odoo import api, models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def _tibillet_check_behaviour(self, order):
        """A badge is never on a bill, and a badge reader sells nothing."""
        lines = [command[2] for command in order.get("lines") or [] if command[0] in (0, 1)]
        products = self.env["product.product"].browse(line["product_id"] for line in lines if line.get("product_id"))
        for product in products.filtered("tibillet_badge"):
            raise UserError(self.env._("%s is not sold: touch it, then tap the card.", product.display_name))
        session = self.env["pos.session"].browse(order.get("session_id")).sudo().exists()
        if session.config_id.tibillet_behaviour == "badge":
            raise UserError(self.env._("Nothing is sold here: this till says who comes in and who leaves."))
        return super()._tibillet_check_behaviour(order)
