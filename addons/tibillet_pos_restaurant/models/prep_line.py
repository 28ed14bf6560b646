from odoo import api, fields, models


class PrepLine(models.Model):
    _name = "tibillet.prep.line"
    _description = "Line to prepare"
    _order = "id"

    ticket_id = fields.Many2one(
        "tibillet.prep.ticket", "Ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    screen_id = fields.Many2one(related="ticket_id.screen_id", store=True, index=True)
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    # The order and its line as the till names them: a bill that is split or a table that is joined changes them.
    order_uuid = fields.Char("Order", required=True, readonly=True, index=True)
    line_uuid = fields.Char("Order line", required=True, readonly=True, index=True)
    moved_uuid = fields.Char("Came from line", readonly=True)
    moved_qty = fields.Float("Came with", readonly=True)
    product_id = fields.Many2one("product.product", "Product", readonly=True, ondelete="set null")
    name = fields.Char(required=True, readonly=True)
    qty = fields.Float("Quantity", readonly=True)
    qty_seen = fields.Float("Quantity before", readonly=True, help="What the screen showed before the last change.")
    note = fields.Char(readonly=True)
    is_changed = fields.Boolean("Changed", readonly=True)
    is_cancelled = fields.Boolean("Cancelled", readonly=True)
    is_done = fields.Boolean("Done", readonly=True)
    qty_let_go = fields.Float(
        "May be cancelled",
        readonly=True,
        copy=False,
        help="What a manager approved to cancel, and is not cancelled yet.",
    )

    @api.model
    def _of(self, order_uuid, line_uuid):
        """Where an order's line is prepared, on any screen."""
        return self.search([("order_uuid", "=", order_uuid), ("line_uuid", "=", line_uuid)])

    def _let_go(self, qty):
        """A manager approved that `qty` of this order line is cancelled, on each of its screens."""
        for lines in self.grouped("screen_id").values():
            lines[0].qty_let_go = min(lines[0].qty_let_go + qty, sum(lines.mapped("qty")))

    def _change(self, qty):
        """Another quantity after sending; none left is a cancellation, and what was done is to do again."""
        for line in self:
            line.write(
                {
                    "qty": qty,
                    "qty_seen": line.qty_seen if line.is_changed else line.qty,
                    "is_changed": True,
                    "is_cancelled": not qty,
                    "is_done": False,
                }
            )

    def _see(self):
        """The cook goes on: what was changed is known now."""
        for line in self.filtered(lambda line: line.is_changed or line.qty_seen != line.qty):
            line.write({"is_changed": False, "qty_seen": line.qty})

    def _rename(self, order_uuid, line_uuid, qty):
        """Move `qty` of this line to another order's line; it stays on its ticket, the cook has nothing to do.

        :return: the line that is now the other order's
        """
        self.ensure_one()
        held = self.qty or self.qty_seen
        vals = {"order_uuid": order_uuid, "line_uuid": line_uuid, "moved_uuid": self.line_uuid, "moved_qty": qty}
        if self.is_cancelled:
            vals |= {"qty": qty, "qty_seen": qty, "is_cancelled": False, "is_changed": False}
        if qty >= held:
            self.write(vals)
            return self
        rest = held - qty
        self.write({"qty": 0 if self.is_cancelled else rest, "qty_seen": rest})
        return self.copy({**vals, "qty": qty, "qty_seen": qty})

    def _describe(self):
        return {
            "id": self.id,
            "name": self.name,
            "qty": self.qty,
            "seen": self.qty_seen,
            "note": self.note or "",
            "changed": self.is_changed,
            "cancelled": self.is_cancelled,
            "done": self.is_done,
        }
