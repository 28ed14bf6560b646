from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Family of the account in the French chart, type to look for in any other one.
DEPOSIT_ACCOUNT = ("4196", "liability_current", _lt("Deposits"))


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_deposit_account_id = fields.Many2one(
        "account.account",
        "Deposit account",
        check_company=True,
        help="What is owed to whoever brings a cup back.",
    )

    def _tibillet_deposit_account(self):
        """The account of deposits (sudo), made on first need."""
        return self._tibillet_account_in("tibillet_deposit_account_id", DEPOSIT_ACCOUNT)
