from markupsafe import Markup

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tibillet_agenda_federation = fields.Boolean(related="website_id.tibillet_agenda_federation", readonly=False)
    tibillet_agenda_tag_ids = fields.Many2many(related="website_id.tibillet_agenda_tag_ids", readonly=False)
    tibillet_agenda_without_tag_ids = fields.Many2many(
        related="website_id.tibillet_agenda_without_tag_ids", readonly=False
    )
    tibillet_agenda_without_place_ids = fields.Many2many(
        related="website_id.tibillet_agenda_without_place_ids", readonly=False
    )
    tibillet_agenda_embed = fields.Char("The agenda in another site", compute="_compute_tibillet_agenda_embed")

    @api.depends("website_id")
    def _compute_tibillet_agenda_embed(self):
        frame = Markup(
            '<iframe src="%s/agenda/embed" title="%s" width="100%%" height="800" style="border:0" loading="lazy"></iframe>'
        )
        for settings in self:
            website = settings.website_id
            title = self.env._("Agenda of %s", website.name)
            settings.tibillet_agenda_embed = website and frame % (website.get_base_url(), title)
