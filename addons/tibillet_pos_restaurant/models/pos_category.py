from odoo import models


class PosCategory(models.Model):
    _inherit = "pos.category"

    def _tibillet_with_parents(self):
        """These categories and those above them: a printer of "Food" prints what is in "Desserts"."""
        return self | self.parent_id._tibillet_with_parents() if self else self
