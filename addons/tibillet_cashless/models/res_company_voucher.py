from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

VOUCHER_NAME = _lt("VAT on vouchers")


class ResCompany(models.Model):
    """Where VAT that was declared at a top-up waits for the sale."""

    _inherit = "res.company"

    tibillet_voucher_account_id = fields.Many2one(
        "account.account",
        "Account of VAT on vouchers",
        check_company=True,
        help="The VAT of single-purpose money on wallets: declared at the top-up, moved by nothing but the wallets.",
    )

    def _tibillet_setup_books(self):
        """The account is made for those who issue single-purpose money; the others never need it."""
        result = super()._tibillet_setup_books()
        for company in self.sudo():
            assets = company.tibillet_place_id.with_context(active_test=False).asset_ids
            if tax := assets.filtered(lambda asset: asset.voucher_kind == "single_purpose").voucher_tax_id[:1]:
                company._tibillet_voucher_account(tax)
        return result

    def _tibillet_voucher_account(self, tax):
        """The company's account of VAT on vouchers (sudo), made at first need beside that of `tax`.

        In the French chart it is a sub-account of 4458, VAT that waits.
        """
        family = (self._tibillet_voucher_family(tax), "liability_current", VOUCHER_NAME)
        return self._tibillet_account_in("tibillet_voucher_account_id", family)

    def _tibillet_voucher_family(self, tax):
        """First digits of the account's neighbours."""
        self.ensure_one()
        company = self.sudo().with_company(self)
        accounts = company.env["account.account"]
        waiting = accounts._check_company_domain(company) + [("code", "=like", "4458%")]
        beside = tax.sudo().invoice_repartition_line_ids.account_id[:1].with_company(company)
        return "4458" if accounts.search_count(waiting, limit=1) else beside.code or "4458"
