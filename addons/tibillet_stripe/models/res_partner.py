from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _tibillet_erase(self):
        """Also: nothing is debited any more, and the saved cards go."""
        autos = self.env["tibillet.auto.top.up"].sudo().search([("wallet_id.partner_id", "in", self.ids)])
        erased = super()._tibillet_erase()
        autos._switch_off()
        self.env["payment.token"].sudo().search([("partner_id", "in", self.ids)]).active = False
        return erased
