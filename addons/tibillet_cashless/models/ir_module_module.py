from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """The link between wallets and books is evidence: it does not go with a click."""
        removed = self | self.downstream_dependencies()
        if "tibillet_cashless" in removed.mapped("name") and self.env["tibillet.booking"].sudo().search_count(
            [], limit=1
        ):
            raise UserError(
                self.env._(
                    "TiBillet Cashless cannot be uninstalled: wallet operations stand in the books. Archive its menus instead.",
                )
            )
        return super().button_uninstall()
