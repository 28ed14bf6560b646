from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_place_id = fields.Many2one(
        "tibillet.place",
        "Place",
        compute="_compute_tibillet_place_id",
        compute_sudo=True,
        help="The public face of this company in the network.",
    )

    def _compute_tibillet_place_id(self):
        places = self.env["tibillet.place"].search([("company_id", "in", self.ids)])
        by_company = {place.company_id.id: place for place in places}
        for company in self:
            company.tibillet_place_id = by_company.get(company.id, False)
