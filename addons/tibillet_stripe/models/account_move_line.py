from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    tibillet_payout_line_id = fields.Many2one(
        "tibillet.stripe.payout.line", "Line of a payout", readonly=True, index="btree_not_null", ondelete="restrict"
    )
