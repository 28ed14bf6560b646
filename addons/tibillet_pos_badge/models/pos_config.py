from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PosConfig(models.Model):
    """A till at the door, without a cashier: each tap is an entry or an exit."""

    _inherit = "pos.config"

    tibillet_behaviour = fields.Selection(
        selection_add=[("badge", "Badge reader, without a cashier")],
        ondelete={"badge": lambda tills: tills.write({"tibillet_behaviour": "sale"})},
    )

    @api.constrains("tibillet_behaviour", "tibillet_cashier_login")
    def _check_tibillet_badge(self):
        if any(config.tibillet_behaviour == "badge" and config.tibillet_cashier_login for config in self):
            raise ValidationError(self.env._("A badge reader has no cashier: it cannot ask for a cashier card."))
