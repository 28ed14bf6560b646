from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def action_open_tibillet_settlement(self):
        """The accounts of this venue with others."""
        action = self.env["ir.actions.act_window"]._for_xml_id("tibillet_settlement.settlement_pair_action")
        return {**action, "domain": [("company_id", "in", self.ids)]}
