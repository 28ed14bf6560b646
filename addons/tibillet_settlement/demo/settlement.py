from odoo import api, models

# The bar owes the barn 22.20 after the evening: more than four fifths of it.
CAP = 25.0


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _load_settlement(self):
        """The bar has paid the festival; what it owes the barn comes near the barn's cap, and the barn is told."""
        bar, barn, festival = (self._ref(f"demo_company_{name}") for name in ("bar", "grange", "festival"))
        pairs = self.env["tibillet.settlement.pair"]
        pairs._open_missing()
        owed = pairs.search([("company_id", "=", bar.id), ("other_id", "=", festival.id)])
        if owed.balance < 0:
            key = "demo:settlement"
            self.env["tibillet.settlement.transfer"]._record(key, bar, festival, -owed.balance, "Soirée d'ouverture")
        pairs.search([("company_id", "=", barn.id), ("other_id", "=", bar.id)]).cap = CAP
