from odoo import fields, models

from odoo.addons.tibillet_base import ledger

from ..const import payment_key


class PosPayment(models.Model):
    """The hours and points that a tap holds beside its euros."""

    _inherit = "pos.payment"

    tibillet_unit_holds = fields.Char(
        "Time and points held", copy=False, help="Keys of what the tap reserved beside the euros, comma-separated."
    )

    def _tibillet_unit_captures(self):
        """[(hold, capture)] of the hours and points that these taps hold."""
        keys = {payment: payment._tibillet_unit_keys() for payment in self}
        holds = ledger.holds(self.env.cr, [key for mine in keys.values() for key in mine])
        return [
            (holds[key], payment._tibillet_capture_of(holds[key], payment._tibillet_unit_uuid(key), holds[key].amount))
            for payment, mine in keys.items()
            for key in mine
            if key in holds
        ]

    def _tibillet_unit_keys(self):
        """Keys of this payment's own holds of hours and points; another's are none of it."""
        keys = (self.tibillet_unit_holds or "").split(",")
        return [key for key in keys if key.startswith(f"{payment_key(self.uuid)}/")]

    def _tibillet_unit_holds_read(self):
        """The holds (:class:`ledger.Hold`) of this payment's hours and points."""
        return list(ledger.holds(self.env.cr, self._tibillet_unit_keys()).values())

    def _tibillet_unit_uuid(self, key):
        """What a hold of hours or points is captured under: the payment's uuid and the currency's id."""
        return key.removeprefix(payment_key("")).split(":")[0]

    def _tibillet_release(self):
        result = super()._tibillet_release()
        for payment in self._tibillet_nfc():
            for key in payment._tibillet_unit_keys():
                ledger.release(self.env.cr, key)
        return result
