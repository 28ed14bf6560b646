from odoo import models


class TibilletVenueWizard(models.TransientModel):
    _inherit = "tibillet.venue.wizard"

    def _open_place(self, company):
        """Books first: the venue's money finds its account when it is created."""
        place = super()._open_place(company)
        company._tibillet_setup_books()
        return place
