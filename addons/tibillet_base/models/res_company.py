import pytz

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

    def _tibillet_zone(self):
        """The venue's clock, the same whoever asks: the time zone of its address, else its country's first."""
        partner = self.sudo().partner_id
        zones = pytz.country_timezones.get(partner.country_id.code or "", ["UTC"])
        return pytz.timezone(partner.tz or zones[0])

    def _tibillet_local(self, moment):
        """A moment (naive UTC) as the venue's clock shows it (naive)."""
        return pytz.utc.localize(moment).astimezone(self._tibillet_zone()).replace(tzinfo=None)

    def _tibillet_utc(self, local):
        """When the venue's clock shows `local` (naive), in naive UTC."""
        return self._tibillet_zone().localize(local).astimezone(pytz.utc).replace(tzinfo=None)
