from odoo import fields, models

CORRECTABLE = ("cash", "bank", "cheque")


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    tibillet_cheque = fields.Boolean("Cheques", help="Shown as cheques in the closing report.")

    def _tibillet_kind(self):
        """cash, cheque, bank, nfc or other: how the closing report tells methods apart, and what may be corrected."""
        self.ensure_one()
        if self._tibillet_nfc():
            return "nfc"
        if self.type == "bank":
            return "cheque" if self.tibillet_cheque else "bank"
        return "cash" if self.type == "cash" else "other"

    def _tibillet_correctable(self):
        """Whether money may be corrected to and from this method: one that a person counts."""
        return self._tibillet_kind() in CORRECTABLE and not self.split_transactions and not self.use_payment_terminal
