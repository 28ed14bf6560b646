from odoo import api, models
from odoo.exceptions import UserError


class TibilletLedgerShownMixin(models.AbstractModel):
    """A table that the ledger's engine alone writes: nobody does by the ORM, not even the superuser."""

    # pylint: disable=method-required-super,no-raise-unlink
    _name = "tibillet.ledger.shown.mixin"
    _description = "Shown, never written"

    @api.model_create_multi
    def create(self, vals_list):
        raise self._append_only()

    def write(self, vals):
        raise self._append_only()

    def unlink(self):
        raise self._append_only()

    def copy(self, default=None):
        raise self._append_only()

    def _append_only(self):
        return UserError(self.env._("The ledger is append only. Reverse the transaction instead: both stay readable."))
