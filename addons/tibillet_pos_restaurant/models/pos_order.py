from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from .. import sent


class Wanted(NamedTuple):
    """An order line that a screen has to prepare now."""

    qty: float
    note: str
    moved: dict
    product_id: int
    name: str
    course: int


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        uuids = [order.get("uuid") for order in orders]
        result = super().sync_from_ui(orders)
        # A paid order was followed when it was paid.
        self.search([("uuid", "in", uuids), ("state", "=", "draft")])._tibillet_prepare()
        return result

    def action_pos_order_paid(self):
        result = super().action_pos_order_paid()
        (self | self.lines.refunded_orderline_id.order_id)._tibillet_prepare()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._tibillet_prepare()
        return result

    def _tibillet_prepare(self):
        """Tell kitchen and bar. In the order's own transaction: an order that is refused never reached them."""
        orders = self.sudo()
        screens = orders.config_id.tibillet_prep_screen_ids
        if screens:
            screens._follow(orders)

    def _tibillet_sent(self):
        """``{uuid: Sent}`` of what the till sent to preparation."""
        try:
            return sent.read(self.last_order_preparation_change)
        except sent.Unreadable as error:
            raise UserError(
                self.env._("What this order sends to the kitchen cannot be read. Reload the till and send it again.")
            ) from error

    def _tibillet_sent_unknown(self):
        """Uuids of sent lines that were since deleted at the till, which has not told the kitchen so."""
        if self.state != "draft":
            return set()
        return set(self._tibillet_sent()) - set(self.lines.mapped("uuid"))

    def _tibillet_wanted(self, screen):
        """What a screen has to prepare of this order now: ``{order line's uuid: Wanted}``.

        A table's order wants what was sent, of the courses that were fired; a direct sale wants all of it once it is
        paid; a cancelled order wants nothing. What was refunded is not wanted.
        """
        if self.state == "cancel":
            return {}
        sent_lines = self._tibillet_sent()
        is_direct = self.state != "draft" and not sent_lines and not self.table_id
        wanted = {}
        for line in screen._prepared_lines(self.lines):
            what = line._tibillet_as_sent() if is_direct else sent_lines.get(line.uuid)
            course = line.course_id
            if not what or (course and not course.fired):
                continue
            qty = what.qty - (line.refunded_qty if self.state != "draft" else 0)
            if qty > 0:
                name = line.full_product_name or line.product_id.display_name
                wanted[line.uuid] = Wanted(qty, what.note, what.moved, line.product_id.id, name, course.index)
        return wanted

    def _tibillet_charged(self):
        """How much of each line is still ordered: ``{uuid: quantity}``. What was deleted is not in it."""
        if self.state == "cancel":
            return {}
        charged = {line.uuid: line.qty for line in self.lines}
        if self.state != "draft":
            return charged | self._tibillet_taken_off()
        told = {line_uuid: line.qty for line_uuid, line in self._tibillet_sent().items()}
        return {line_uuid: told.get(line_uuid, 0) for line_uuid in charged.keys() | told.keys()}

    def _tibillet_taken_off(self):
        """What is left of the lines that a negative line of the same product pays back: ``{uuid: quantity}``."""
        left = {}
        backs = self.lines.filtered(lambda line: line.qty < 0 and not line.refunded_orderline_id)
        for product, lines in backs.grouped("product_id").items():
            back = -sum(lines.mapped("qty"))
            for line in self.lines.filtered(lambda line, product=product: line.product_id == product and line.qty > 0):
                part = min(back, line.qty)
                left[line.uuid] = line.qty - part
                back -= part
        return left if self._tibillet_sent() else {}

    def _tibillet_prep_label(self):
        """For whom: the table's number, else the name on the order, else the number on the customer's receipt."""
        name = self.floating_order_name if self.floating_order_name != self.pos_reference else ""
        return {
            "table": str(self.table_id.table_number) if self.table_id else "",
            "name": name or self.partner_id.name or self.tracking_number or "",
            "note": self.general_customer_note or "",
        }
