from odoo import api, fields, models
from odoo.fields import Domain


class TibilletControl(models.Model):
    _inherit = "tibillet.control"

    kind = fields.Selection(
        selection_add=[("settlement", "Accounts with other venues")], ondelete={"settlement": "cascade"}
    )

    @api.model
    def _amounts(self):
        return super()._amounts() | {"settlement"}

    @api.model
    def _meanings(self):
        return super()._meanings() | {
            "settlement": self.env._(
                "What another venue owes, by the ledger, is not what your books say, or not what theirs say. Look for "
                "entries made by hand on the settlement account."
            ),
        }

    def _number_settlement(self):
        """Each account with another venue: our books against the ledger, and our side against theirs."""
        pairs = self.env["tibillet.settlement.pair"]
        pairs._open_missing()
        total = 0
        for pair in pairs.search(self._of_company()):
            theirs = Domain("company_id", "=", pair.other_id.id) & Domain("other_id", "=", pair.company_id.id)
            mirror = pairs.search(theirs)
            total += abs(pair.difference) + abs(mirror.currency_id.round(pair.balance + mirror.balance))
        return total

    def _open_settlement(self):
        return self._list("tibillet.settlement.pair", self._of_company())
