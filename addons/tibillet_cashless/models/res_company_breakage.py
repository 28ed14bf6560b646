from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Family of the account in the French chart, type to look for in any other one.
BREAKAGE_ACCOUNT = ("758", "income", _lt("Wallets never spent"))


class ResCompany(models.Model):
    """Where what nobody spent becomes an income."""

    _inherit = "res.company"

    tibillet_breakage_account_id = fields.Many2one(
        "account.account",
        "Account of swept wallets",
        check_company=True,
        domain="[('internal_group', '=', 'income')]",
        help="The income that a sweep books: what cards still held and nobody spent.",
    )

    def _tibillet_breakage_account(self):
        """The company's account of swept wallets (sudo), made at first need."""
        return self._tibillet_account_in("tibillet_breakage_account_id", BREAKAGE_ACCOUNT)
