from odoo import models

CODE = "tibillet_wallet"


class PaymentTransaction(models.Model):
    """A payment by wallet in the books: 4191 (467 for another venue's money) against the customer, no bank."""

    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        if self.provider_code != CODE:
            return super()._create_payment(**extra_create_values)
        self._tibillet_book_wallet()
        return self.env["account.payment"]

    def _tibillet_book_wallet(self):
        """Booked once, settled against the invoices there are."""
        key = self._tibillet_wallet_key
        bookings = self.env["tibillet.booking"].sudo()
        if bookings.search_count([("origin", "=", key)]):
            return
        company = self.company_id
        partner = self.partner_id.commercial_partner_id.with_company(company)
        booking = bookings._of_closing(company, key, self.reference)
        booking._post_operations([key], partner.property_account_receivable_id, partner)
        self._tibillet_settle_moves(self.invoice_ids)

    def _tibillet_moves(self):
        keys = [tx._tibillet_wallet_key for tx in self if tx.provider_code == CODE]
        return super()._tibillet_moves() | self.env["tibillet.booking"].sudo().search([("origin", "in", keys)]).move_ids
