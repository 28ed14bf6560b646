import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError


class TibilletBookOperations(models.TransientModel):
    """Books what changed wallets outside the tills: a correction, a voided card, money issued at the start."""

    _name = "tibillet.book.operations"
    _description = "Book operations done outside the tills"

    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    transaction_ids = fields.Many2many(
        "tibillet.ledger.transaction",
        string="Operations",
        default=lambda self: self._default_transaction_ids(),
        domain="[('place_id.company_id', '=', company_id), ('key', 'not =like', 'pos.%'), "
        "('booked_ids', 'not any', [('company_id', '=', company_id)])]",
    )
    account_id = fields.Many2one(
        "account.account",
        "Counterpart",
        required=True,
        check_company=True,
        help="What stands against the wallets: e.g. other income for cards voided under your terms.",
    )
    partner_id = fields.Many2one("res.partner")
    name = fields.Char("Label", required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary("Wallets gained", compute="_compute_amount", help="Negative when holders lost it.")

    @api.depends_context("company")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.model
    def _default_transaction_ids(self):
        """Operations of this venue outside its tills, not in its books, that changed what its holders have."""
        company = self.env.company
        transactions = self.env["tibillet.ledger.transaction"].search(
            [
                ("place_id.company_id", "=", company.id),
                ("key", "not =like", "pos.%"),
                ("booked_ids", "not any", [("company_id", "=", company.id)]),
            ]
        )
        booking = self.env["tibillet.booking"].sudo()
        return transactions.filtered(lambda transaction: booking._holder_totals(transaction.ids))

    @api.depends("transaction_ids")
    def _compute_amount(self):
        for wizard in self:
            totals = self.env["tibillet.booking"].sudo()._holder_totals(wizard.transaction_ids.ids)
            wizard.amount = sum(total / 10**asset.decimal_places for asset, total in totals.items())

    def action_book(self):
        """One entry in the wallet journal, and the mirrors of other venues' currencies."""
        self.ensure_one()
        if not self.transaction_ids:
            raise UserError(self.env._("Nothing to book: every operation outside the tills is in the books."))
        booking = self.env["tibillet.booking"]._of_closing(self.company_id, f"hand:{uuid.uuid4()}", self.name)
        booking._post_operations(self.transaction_ids.mapped("key"), self.account_id, self.partner_id)
        return booking.action_open_entries()
