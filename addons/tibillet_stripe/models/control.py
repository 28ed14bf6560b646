from odoo import api, fields, models
from odoo.fields import Domain


class TibilletControl(models.Model):
    _inherit = "tibillet.control"

    kind = fields.Selection(
        selection_add=[("payouts", "Payouts of Stripe against the bank")], ondelete={"payouts": "cascade"}
    )

    @api.model
    def _amounts(self):
        return super()._amounts() | {"payouts"}

    @api.model
    def _meanings(self):
        return super()._meanings() | {
            "payouts": self.env._(
                "Money that Stripe says it sent, and that no line of your bank shows three days later. Reconcile the bank, "
                "or ask Stripe."
            ),
        }

    def _number_payouts(self):
        return sum(abs(payout.not_at_bank) for payout in self._missing_payouts())

    def _missing_payouts(self):
        payouts = self.env["tibillet.stripe.payout"].search(self._of_company())
        return payouts.filtered("not_at_bank")

    def _open_payouts(self):
        return self._list("tibillet.stripe.payout", Domain("id", "in", self._missing_payouts().ids))
