from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tibillet_settlement_pair_id = fields.Many2one(
        "tibillet.settlement.pair",
        "Account between venues",
        compute="_compute_tibillet_settlement_pair_id",
        groups="tibillet_base.group_accountant",
        help="Of the company one works for with this venue.",
    )

    @api.depends_context("company")
    def _compute_tibillet_settlement_pair_id(self):
        pairs = self.env["tibillet.settlement.pair"].search([("company_id", "=", self.env.company.id)])
        known = {pair.other_id.sudo().partner_id.id: pair for pair in pairs}
        for partner in self:
            partner.tibillet_settlement_pair_id = known.get(partner.id)

    def action_open_tibillet_settlement(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Account with another venue"),
            "res_model": "tibillet.settlement.pair",
            "res_id": self.tibillet_settlement_pair_id.id,
            "view_mode": "form",
        }
