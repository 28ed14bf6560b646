from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    tibillet_transfer_id = fields.Many2one(
        "tibillet.settlement.transfer",
        "Transfer between venues",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )
    tibillet_round_id = fields.Many2one(
        "tibillet.settlement.round",
        "Settlement of the network",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )
