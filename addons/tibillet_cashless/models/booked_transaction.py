from odoo import fields, models


class TibilletBookedTransaction(models.Model):
    """That a transaction of the ledger is in the books of a company, once."""

    _name = "tibillet.booked.transaction"
    _description = "Booked transaction"
    _log_access = False

    booking_id = fields.Many2one("tibillet.booking", required=True, ondelete="restrict", index=True)
    transaction_id = fields.Many2one("tibillet.ledger.transaction", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")

    _once = models.UniqueIndex("(transaction_id, company_id)", "This transaction is already in the books.")
