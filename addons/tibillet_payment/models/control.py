from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

CREDITED_WITHIN = timedelta(minutes=10)


class TibilletControl(models.Model):
    _inherit = "tibillet.control"

    kind = fields.Selection(selection_add=[("online", "Online payments on no wallet")], ondelete={"online": "cascade"})

    @api.model
    def _meanings(self):
        return super()._meanings() | {
            "online": self.env._(
                "Payments that the provider took and that are neither on a wallet nor given back. Open each: it says what "
                "became of it."
            ),
        }

    def _number_online(self):
        return self.env["payment.transaction"].search_count(self._online_domain())

    def _online_domain(self):
        """Paid for a wallet, and not where it belongs: in nobody's hands, or waiting for a person."""
        late = (
            Domain("tibillet_state", "=", False)
            & Domain("state", "=", "done")
            & Domain("operation", "!=", "refund")
            & Domain("last_state_change", "<", fields.Datetime.now() - CREDITED_WITHIN)
        )
        top_ups = self._of_company() & Domain("tibillet_asset_id", "!=", False)
        return top_ups & (late | Domain("tibillet_state", "=", "by_hand"))

    def _open_online(self):
        return self._list("payment.transaction", self._online_domain())
