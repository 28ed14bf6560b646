from odoo import api, models

EVENING = {"top_up": "Soirée d'ouverture : recharges", "spend": "Soirée d'ouverture : dépenses"}


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _load_books(self):
        """Charts of accounts of the demo venues, and the evening that their cards tell, booked to the cent."""
        companies = self.env["res.company"]
        for name in ("bar", "grange", "festival"):
            companies |= self._ref(f"demo_company_{name}")
        companies._tibillet_setup_books()
        for company in companies:
            self._book_evening(company, "top_up", self._bank_account(company))
            self._book_evening(company, "spend", company.income_account_id)
        list(self.env["tibillet.booking"].search([("is_mirror", "=", True)], order="id")._try_mirrors())

    def _book_evening(self, company, kind, account):
        origin = f"demo:{kind}"
        bookings = self.env["tibillet.booking"]
        done = bookings.search_count([("origin", "=", origin), ("company_id", "=", company.id)], limit=1)
        transactions = self.env["tibillet.ledger.transaction"].search(
            [
                ("key", "=like", "demo:%"),
                ("kind", "=", kind),
                ("place_id.company_id", "=", company.id),
            ]
        )
        if transactions and not done:
            bookings._of_closing(company, origin, EVENING[kind])._post_operations(transactions.mapped("key"), account)

    def _bank_account(self, company):
        return self._bank_journal(company).default_account_id or company.transfer_account_id

    def _bank_journal(self, company):
        banks = self.env["account.journal"].search([("company_id", "=", company.id), ("type", "=", "bank")])
        return (banks - company.tibillet_wallet_journal_id)[:1]
