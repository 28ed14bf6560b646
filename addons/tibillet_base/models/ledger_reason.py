from odoo import fields, models
from odoo.exceptions import UserError


class TibilletLedgerReason(models.Model):
    """Words beside a transaction: erasable on request, since only their hash stands in the chain."""

    _name = "tibillet.ledger.reason"
    _description = "Reason of a Transaction"
    _auto = False
    _log_access = False
    _rec_name = "text"

    transaction_id = fields.Many2one("tibillet.ledger.transaction", readonly=True)
    text = fields.Char(readonly=True)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A reason is never rewritten: its hash stands in the chain. It can be erased."))
