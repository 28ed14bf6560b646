import base64
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools import file_open

# Who came to the barn's workshop: card, hours ago of the entry, minutes stayed (None: still in, or forgotten).
STAYS = (
    ("N9GH14RU", 74, 185),
    ("R8NP47ZA", 73, 240),
    ("A4F291C7", 72, 95),
    ("N9GH14RU", 50, 130),
    ("P2JK58VX", 49, 75),
    ("R8NP47ZA", 47, None),
    ("N9GH14RU", 26, 205),
    ("A4F291C7", 25, 150),
    ("N9GH14RU", 2, None),
    ("R8NP47ZA", 1, None),
    ("P2JK58VX", 3, 65),
)


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_badges(self):
        """The barn's door: a badge reader, an article at its bar, and three days of comings and goings."""
        company = self._ref("demo_company_grange")
        door = company._tibillet_open_till("Porte de l'atelier")
        door.tibillet_behaviour = "badge"
        with file_open("tibillet_pos_badge/static/description/icon.png", "rb") as icon:
            picture = base64.b64encode(icon.read())
        article = self.env["product.template"].create(
            {
                "name": "Volunteers",
                "company_id": company.id,
                "type": "service",
                "tibillet_badge": True,
                "list_price": 0,
                "image_1920": picture,
                "taxes_id": [Command.clear()],
                "available_in_pos": True,
                "pos_categ_ids": [Command.link(self.env.ref("tibillet_pos_nfc.demo_category_cards").id)],
            }
        )
        if self.env["res.lang"]._lang_get("fr_FR"):
            article.with_context(lang="fr_FR").name = "Bénévoles"
        for number, ago, minutes in sorted(STAYS, key=lambda stay: -stay[1]):
            self._demo_stay(door, number, ago, minutes)

    def _demo_stay(self, door, number, ago, minutes):
        badges, card, place = self.env["tibillet.badge"], self._card(number), door.company_id.tibillet_place_id
        start = fields.Datetime.now() - timedelta(hours=ago)
        badges._record(card, place, door, self.env.user, now=start)
        if minutes:
            badges._record(card, place, door, self.env.user, now=start + timedelta(minutes=minutes))
