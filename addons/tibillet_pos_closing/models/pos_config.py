from odoo import api, fields, models
from odoo.exceptions import UserError


class PosConfig(models.Model):
    _inherit = "pos.config"

    tibillet_training = fields.Boolean(
        "Training",
        help="Everything is marked SIMULATION: no order, card or amount of this till counts anywhere.",
        copy=False,
    )

    def write(self, vals):
        if "tibillet_training" in vals:
            busy = self.filtered(lambda c: c.has_active_session and c.tibillet_training != vals["tibillet_training"])
            if busy:
                raise UserError(self.env._("Close %s first, then change its training mode.", busy[0].name))
        return super().write(vals)

    @api.model
    def _load_pos_data_read(self, records, config):
        """A cashier moves cash: the server counts it again and books it."""
        read_records = super()._load_pos_data_read(records, config)
        for record in read_records:
            record["_has_cash_move_perm"] = self.env.user.has_group("point_of_sale.group_pos_user")
        return read_records
