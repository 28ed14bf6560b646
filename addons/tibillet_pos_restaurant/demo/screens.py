from odoo import Command, api, models

# Each demo venue's screens: name in English and French, what it prepares, minutes to amber and to red.
SCREENS = (("Kitchen", "Cuisine", "food", 10, 20), ("Bar", "Bar", "drinks", 4, 8))
VENUES = ("bar", "grange", "festival")


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_prep_screens(self):
        """A kitchen and a bar screen in each demo venue, fed by its tills."""
        for venue in VENUES:
            company = self._ref(f"demo_company_{venue}")
            configs = self.env["pos.config"].search([("company_id", "=", company.id)])
            for name, french, category, amber, red in SCREENS:
                screen = self.env["tibillet.prep.screen"].create(
                    {
                        "name": name,
                        "company_id": company.id,
                        "config_ids": [Command.set(configs.ids)],
                        "category_ids": [Command.link(self.env.ref(f"tibillet_pos_nfc.demo_category_{category}").id)],
                        "amber_minutes": amber,
                        "red_minutes": red,
                    }
                )
                if self.env["res.lang"]._lang_get("fr_FR"):
                    screen.with_context(lang="fr_FR").name = french
