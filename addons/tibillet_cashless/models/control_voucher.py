from odoo import api, models
from odoo.fields import Domain


class TibilletControl(models.Model):
    """VAT that waits for a sale, against the single-purpose money that will pay it."""

    _inherit = "tibillet.control"

    @api.model
    def _amounts(self):
        return super()._amounts() | {"voucher_vat"}

    @api.model
    def _meanings(self):
        return super()._meanings() | {
            "voucher_vat": self.env._(
                "The account of VAT on vouchers, and the VAT of the single-purpose money that the books owe to holders, "
                "differ. An entry was made by hand on one of the accounts: reverse it."
            )
        }

    def _number_voucher_vat(self):
        company = self.company_id.sudo()
        assets = self.env["tibillet.asset"].sudo().with_context(active_test=False)
        vouchers = assets.search([("voucher_kind", "=", "single_purpose"), ("place_id.company_id", "=", company.id)])
        due = sum(asset._voucher_vat(-self._voucher_balance(asset.account_id)) for asset in vouchers)
        return company.currency_id.round(self._voucher_balance(company.tibillet_voucher_account_id) - due)

    def _voucher_balance(self, account):
        [[balance]] = self.env["account.move.line"]._read_group(
            self._voucher_items(account), aggregates=["balance:sum"]
        )
        return balance or 0.0

    def _voucher_items(self, account):
        return self._of_company() & Domain("account_id", "in", account.ids) & Domain("parent_state", "=", "posted")

    def _open_voucher_vat(self):
        return self._list("account.move.line", self._voucher_items(self.company_id.sudo().tibillet_voucher_account_id))
