from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Signed closings do not go with a click."""
        removed = (self | self.downstream_dependencies()).mapped("name")
        if "tibillet_pos_closing" in removed and self.env["tibillet.closing"].sudo().search_count([], limit=1):
            raise UserError(
                self.env._(
                    "Closings cannot be uninstalled: the law has them kept six years. Archive the tills instead."
                )
            )
        return super().button_uninstall()
