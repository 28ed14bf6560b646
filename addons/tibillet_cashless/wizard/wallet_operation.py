import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.tibillet_base import ledger


class TibilletWalletOperation(models.TransientModel):
    """Tops up a wallet or pays it back from the office: ledger and entry in one database transaction."""

    _name = "tibillet.wallet.operation"
    _description = "Top up or pay back from the office"

    key = fields.Char(
        required=True, default=lambda self: f"office:{uuid.uuid4()}", help="The same button twice books once."
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    operation = fields.Selection([("top_up", "Top up"), ("cash_out", "Pay back")], required=True, default="top_up")
    card_id = fields.Many2one("tibillet.card")
    partner_id = fields.Many2one("res.partner", "Holder")
    asset_id = fields.Many2one(
        "tibillet.asset",
        required=True,
        domain="[('company_id', '=', company_id), ('kind', '=', 'money')]",
        default=lambda self: self._default_asset_id(),
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    available = fields.Monetary(compute="_compute_available")
    amount = fields.Monetary(required=True)
    account_id = fields.Many2one(
        "account.account",
        "Paid through",
        required=True,
        check_company=True,
        default=lambda self: self.env.company.transfer_account_id,
        help="What received or gave the money: the bank's transit account, the cash.",
    )
    reason = fields.Char(required=True)

    @api.depends_context("company")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.model
    def _default_asset_id(self):
        return self.env["tibillet.asset"].search(
            [("company_id", "=", self.env.company.id), ("kind", "=", "money")],
            limit=1,
        )

    @api.depends("card_id", "partner_id", "asset_id")
    def _compute_available(self):
        for wizard in self:
            asset, wallet = wizard.asset_id, wizard._wallet()
            amount, held = wallet._amounts().get(asset.id, (0, 0)) if wallet and asset else (0, 0)
            wizard.available = (amount - held) / 10**asset.decimal_places

    @api.constrains("amount")
    def _check_amount(self):
        if any(wizard.amount <= 0 for wizard in self):
            raise ValidationError(self.env._("Type an amount above zero."))

    def _wallet(self):
        if self.card_id:
            return self.card_id.sudo()._wallet()
        return self.partner_id and self.env["tibillet.wallet"].sudo()._for_partner(self.partner_id)

    def action_confirm(self):
        self.ensure_one()
        wallet, asset, place = self._wallet(), self.asset_id, self.company_id.tibillet_place_id
        if not wallet:
            raise UserError(self.env._("Choose a card or its holder."))
        if asset.company_id != self.company_id or asset.kind != "money":
            raise UserError(
                self.env._("%(asset)s is not money of %(company)s.", asset=asset.name, company=self.company_id.name)
            )
        if self.operation == "cash_out" and not asset.refundable:
            raise UserError(self.env._("%s is not paid back: its terms say so.", asset.name))
        amount = round(self.amount * 10**asset.decimal_places) * (1 if self.operation == "top_up" else -1)
        lines = (ledger.Line(wallet.id, asset.id, amount), ledger.Line(place.wallet_id.id, asset.id, -amount))
        try:
            with self.env.cr.savepoint():
                [receipt] = self.env["tibillet.ledger.transaction"]._post(
                    [
                        ledger.Entry(self.key, self.operation, place.id, lines, self.reason),
                    ]
                )
        except ledger.LedgerError as error:
            raise UserError(self._refusal(error)) from error
        booking = self.env["tibillet.booking"]._of_closing(self.company_id, self.key, self.reason)
        if not receipt.replayed:
            booking._post_operations([self.key], self.account_id, self.partner_id)
        return booking.action_open_entries()

    def _refusal(self, error):
        """The ledger's refusal in the words of who pays back or tops up."""
        asset = self.asset_id
        if isinstance(error, ledger.Insufficient):
            return self.env._("The wallet holds %s less than that. Nothing was changed.", asset.format(error.missing))
        if isinstance(error, ledger.CeilingPassed):
            return self.env._(
                "The wallet would pass the ceiling of %s. Nothing was changed.", asset.format(asset.ceiling)
            )
        return self.env._("The ledger refused: %s. Nothing was changed.", error)
