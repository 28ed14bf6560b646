from odoo import fields, models


class TibilletLedgerTransaction(models.Model):
    _inherit = "tibillet.ledger.transaction"

    booked_ids = fields.One2many("tibillet.booked.transaction", "transaction_id", "In the books of")
