from odoo import api, fields, models


class PosOrder(models.Model):
    """Who sold: the cashier who tapped in, else the till's user."""

    _inherit = "pos.order"

    tibillet_cashier_id = fields.Many2one(
        "res.users",
        "Sold by",
        compute="_compute_tibillet_cashier_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="The cashier who tapped in at the till; its user where nobody taps in.",
    )

    @api.depends("user_id")
    def _compute_tibillet_cashier_id(self):
        for order in self:
            order.tibillet_cashier_id = order.tibillet_cashier_id or order.user_id
