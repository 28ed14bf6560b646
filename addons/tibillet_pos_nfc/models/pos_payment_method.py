from odoo import api, models
from odoo.exceptions import ValidationError

from ..const import TERMINAL


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def _get_payment_terminal_selection(self):
        return [*super()._get_payment_terminal_selection(), (TERMINAL, self.env._("NFC card (TiBillet)"))]

    def _tibillet_nfc(self):
        """The methods paid by tapping a card."""
        return self.filtered(lambda method: method.use_payment_terminal == TERMINAL)

    @api.onchange("use_payment_terminal")
    def _onchange_use_payment_terminal(self):
        result = super()._onchange_use_payment_terminal()
        if self.use_payment_terminal == TERMINAL:
            self.journal_id = self.company_id.tibillet_wallet_journal_id
            self.split_transactions = False
        return result

    @api.constrains("use_payment_terminal", "journal_id", "split_transactions", "company_id", "config_ids")
    def _check_tibillet_terminal(self):
        for method in self._tibillet_nfc():
            wallet_journal = method.company_id.tibillet_wallet_journal_id
            if not wallet_journal or method.journal_id != wallet_journal:
                raise ValidationError(
                    self.env._(
                        "%(method)s pays from wallets: its journal must be the company's wallet journal.",
                        method=method.name,
                    )
                )
            if method.split_transactions:
                raise ValidationError(
                    self.env._("%(method)s asks no customer: the card says who pays.", method=method.name)
                )
            method.config_ids._check_tibillet_fast_payment()
