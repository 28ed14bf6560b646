from odoo import fields, models


class PrepTicket(models.Model):
    """A ticket on paper once more, by the preparation printers of the till that sold it."""

    _inherit = "tibillet.prep.ticket"

    reprint = fields.Integer("Reprints asked", readonly=True, aggregator=None)
    reprinted = fields.Integer("Reprint taken", readonly=True, aggregator=None)

    def _reprint(self):
        """Ask the open tills of the ticket's point of sale; the first of them that knows the order prints it."""
        self.ensure_one()
        printers = self.config_id.printer_ids if self.config_id.is_order_printer else self.env["pos.printer"]
        if printers.product_categories_ids & self.line_ids.product_id.pos_categ_ids._tibillet_with_parents():
            self.reprint += 1
            self.config_id._notify("TIBILLET_REPRINT", self._describe_reprint())

    def _describe_reprint(self):
        return {"ticket": self.id, "order": self.order_uuid, "turn": self.reprint}

    def _take_reprint(self, turn):
        """One till takes each reprint. What it prints: ``[{uuid, product_id, name, qty, note}]``, empty for the others."""
        self.ensure_one()
        if type(turn) is not int or turn != self.reprint or self.reprinted >= turn:
            return []
        self.reprinted = turn
        return [
            {
                "uuid": line.line_uuid,
                "product_id": line.product_id.id,
                "name": line.name,
                "qty": line.qty,
                "note": line.note or "",
            }
            for line in self.line_ids.filtered("qty")
        ]
