from collections import defaultdict

from odoo import models


class PosSession(models.Model):
    _inherit = "pos.session"

    def _create_picking_at_end_of_session(self):
        """One picking for all that was sold, a move a product.

        As Odoo's own, which joins each order's lines to all those before it: the square of an evening's orders.
        """
        self.ensure_one()
        picking_type = self.config_id.picking_type_id
        usual = picking_type.default_location_dest_id or self.env["stock.warehouse"]._get_partner_locations()[0]
        lines = defaultdict(list)
        for order in self._get_closed_orders():
            if not order.shipping_date and not (order.company_id.anglo_saxon_accounting and order.is_invoiced):
                lines[(order.partner_id.property_stock_customer or usual).id] += order.lines.ids
        for destination, ids in lines.items():
            sold = self.env["pos.order.line"].browse(ids)
            pickings = self.env["stock.picking"]._create_picking_from_pos_order_lines(destination, sold, picking_type)
            pickings.write({"pos_session_id": self.id, "origin": self.name})
