from odoo import models
from odoo.exceptions import UserError


class PosOrder(models.Model):
    """A receipt printed again is a duplicate, and says so: the server counts, whatever the till remembers."""

    _inherit = "pos.order"

    def tibillet_log_print(self, kind):
        """Log that the till prints this order.

        :param str kind: sale (the receipt of a paid order) or bill (before payment)
        :return: int, number of the duplicate; 0 for the original
        :raise UserError: no such print
        """
        self._tibillet_check_cashier_rights()
        if kind not in ("sale", "bill"):
            raise UserError(self.env._("A receipt or a bill is printed."))
        return self.env["tibillet.print"]._log(self, kind)
