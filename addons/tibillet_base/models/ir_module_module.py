from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """A ledger that holds people's money does not go with a click."""
        removed = (self | self.downstream_dependencies()).mapped("name")
        if "tibillet_base" in removed and self.env["tibillet.ledger.posting"].sudo().search_count([], limit=1):
            raise UserError(
                self.env._(
                    "TiBillet cannot be uninstalled: its ledger holds what is owed to card holders. Archive the places instead."
                )
            )
        return super().button_uninstall()
