from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_day_hour = fields.Float(
        "Day closes at",
        default=4.0,
        help="Hour at which a day, a month and a year of the tills end, on the venue's clock.",
    )

    @api.constrains("tibillet_day_hour")
    def _check_tibillet_day_hour(self):
        if self.filtered(lambda company: not 0 <= company.tibillet_day_hour < 24):
            raise ValidationError(self.env._("A day closes between 0:00 and 23:59."))
