from odoo import fields, models


class TibilletVenueWizard(models.TransientModel):
    _inherit = "tibillet.venue.wizard"

    has_till = fields.Boolean("Open a till", default=True, help="Ready to sell: cash, bank card, NFC card and top-ups.")
    till_name = fields.Char("Name of the till", default=lambda self: self.env._("Bar"))

    def _open_asset(self, place):
        """The till comes with the venue's money, whose top-up it sells."""
        asset = super()._open_asset(place)
        if self.has_till:
            place.company_id._tibillet_open_till(self.till_name or place.name)
        return asset
