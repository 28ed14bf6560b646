from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .res_company import GIFT_ACCOUNT, WALLET_ACCOUNT

BOOKED_KINDS = ("money", "gift")


class TibilletAsset(models.Model):
    _inherit = "tibillet.asset"

    company_id = fields.Many2one(related="place_id.company_id", string="Issuer's company")
    account_id = fields.Many2one(
        "account.account",
        ondelete="set null",
        tracking=True,
        groups="account.group_account_readonly",
        domain="[('company_ids', 'parent_of', company_id)]",
        help="Money: the liability towards the holders, moved by nothing else. Gift: what spent gifts are charged to.",
    )

    _account_of_money_unique = models.UniqueIndex(
        "(account_id) WHERE kind = 'money'",
        "This account already holds another currency: one account each.",
    )
    _account_of_euro_only = models.Constraint(
        "CHECK (account_id IS NULL OR kind IN ('money', 'gift'))",
        "Time and points never enter the books.",
    )

    @api.constrains("account_id", "kind", "place_id", "currency_id")
    def _check_account(self):
        for asset in self.sudo().filtered(lambda asset: asset.account_id and asset.kind in BOOKED_KINDS):
            account, company = asset.account_id, asset.company_id
            if not account.company_ids & company.parent_ids:
                raise ValidationError(
                    self.env._(
                        "%(account)s is not an account of %(company)s.",
                        account=account.display_name,
                        company=company.name,
                    )
                )
            if asset.kind == "money" and account.internal_group != "liability":
                raise ValidationError(
                    self.env._("What holders may spend is a debt of the venue: choose a liability account.")
                )
            if asset.currency_id != company.currency_id:
                raise ValidationError(
                    self.env._(
                        "%(asset)s is not in the currency of %(company)s's books.",
                        asset=asset.name,
                        company=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        assets = super().create(vals_list)
        assets.filtered(lambda asset: asset.company_id.sudo().tibillet_wallet_journal_id)._create_missing_account()
        return assets

    def write(self, vals):
        if "account_id" in vals:
            self._refuse_to_leave_balance(vals["account_id"])
        return super().write(vals)

    def _refuse_to_leave_balance(self, account_id):
        """Another account may be chosen once an entry has moved the debt to it."""
        for asset in self.sudo().filtered(
            lambda asset: asset.kind == "money" and asset.account_id.id not in (False, account_id)
        ):
            account = asset.account_id.with_company(asset.company_id)
            account.invalidate_recordset(["current_balance"])
            if not asset.currency_id.is_zero(account.current_balance):
                raise UserError(
                    self.env._(
                        "%(account)s still holds %(amount)s of wallets. Move them by an entry first, then change the account.",
                        account=account.display_name,
                        amount=asset.currency_id.format(-account.current_balance),
                    )
                )

    def _create_missing_account(self):
        """One account for each money, one for each gift currency, in its issuer's books."""
        for asset in self.sudo().filtered(
            lambda asset: (
                asset.kind in BOOKED_KINDS
                and not asset.account_id
                and asset.company_id
                and asset.currency_id == asset.company_id.currency_id
            )
        ):
            family = WALLET_ACCOUNT if asset.kind == "money" else GIFT_ACCOUNT
            asset.account_id = asset.company_id._tibillet_create_account(*family, suffix=f" - {asset.name}")

    def _counterpart_account(self, company):
        """Where `company` books this asset: (account, partner), both empty for no asset.

        Its own asset goes to the asset's account; another venue's is owed to or by that venue.
        :raise UserError: the asset is not booked in euros, or its issuer keeps no books here
        """
        if not self:
            return self.env["account.account"], self.env["res.partner"]
        self.ensure_one()
        asset, company = self.sudo(), company.sudo()
        if asset.kind not in BOOKED_KINDS or not asset.company_id:
            raise UserError(self.env._("%s has no place in these books.", asset.name))
        if asset.currency_id != company.currency_id:
            raise UserError(
                self.env._(
                    "%(asset)s is not in the currency of %(company)s's books.", asset=asset.name, company=company.name
                )
            )
        own = asset.company_id == company
        if not (asset.account_id if own else company.tibillet_settlement_account_id):
            company._tibillet_setup_books()
        if own:
            return asset.account_id, self.env["res.partner"]
        return company.tibillet_settlement_account_id, asset.company_id.partner_id

    def _topup_product(self, company):
        """The product by which `company` sells this asset, made on first need (product.product)."""
        self.ensure_one()
        products = self.env["product.product"].sudo().with_company(company)
        product = products.search([("tibillet_asset_id", "=", self.id), ("company_id", "=", company.id)], limit=1)
        return product or products.create(
            {
                "name": self.env._("Top-up %s", self.name),
                "type": "service",
                "company_id": company.id,
                "tibillet_asset_id": self.id,
                "list_price": 1.0,
                "taxes_id": [fields.Command.clear()],
                "supplier_taxes_id": [fields.Command.clear()],
                "sale_ok": False,
                "purchase_ok": False,
                "image_1920": self.image_1920,
            }
        )
