from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_place_id = fields.Many2one("tibillet.place", "Place", compute="_compute_tibillet_place_id")

    def _compute_tibillet_place_id(self):
        places = self.env["tibillet.place"].sudo().search([("company_id", "in", self.ids)])
        by_company = {place.company_id.id: place for place in places}
        for company in self:
            company.tibillet_place_id = by_company.get(company.id, False)
