from odoo import api, fields, models
from odoo.exceptions import ValidationError

LOCK_MINUTES = 240


class PosConfig(models.Model):
    """What a point of sale is for, and who may open it."""

    _inherit = "pos.config"

    tibillet_cashier_login = fields.Boolean(
        "Cashier card", help="The till opens when a cashier taps their card, and each sale says who made it."
    )
    tibillet_lock_minutes = fields.Integer(
        "Lock after (minutes)",
        default=5,
        help="An idle till locks itself after this many minutes; 0 for never. Orders stay as they are.",
    )

    @api.constrains("tibillet_lock_minutes")
    def _check_tibillet_lock_minutes(self):
        if any(not 0 <= config.tibillet_lock_minutes <= LOCK_MINUTES for config in self):
            raise ValidationError(
                self.env._("A till locks after 1 to %s minutes without a touch, or 0 for never.", LOCK_MINUTES)
            )

    def write(self, vals):
        result = super().write(vals)
        if "tibillet_cashier_login" in vals:
            self.env.registry.clear_cache()
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _load_pos_data_domain(self, data, config):
        """The till also knows the names of its cashiers."""
        cashiers = self.env["tibillet.cashier.card"].sudo().search([("config_ids", "in", config.ids)]).user_id
        return [("id", "in", [self.env.uid, *cashiers.ids])]

    @api.model
    def _load_pos_data_read(self, records, config):
        """The till's own user comes first: stock takes the first for the one who is logged in."""
        read_records = super()._load_pos_data_read(records.sorted(lambda user: user.id != self.env.uid), config)
        for record in read_records[1:]:
            record.pop("all_group_ids", None)
        return read_records
