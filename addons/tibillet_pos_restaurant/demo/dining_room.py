from odoo import Command, api, models

# The demo bar's tables: number, seats, from the left, from the top, shape.
TABLES = (
    (1, 2, 60, 60, "round"),
    (2, 2, 230, 60, "round"),
    (3, 4, 400, 60, "square"),
    (4, 4, 570, 60, "square"),
    (5, 6, 60, 240, "square"),
    (6, 4, 230, 240, "square"),
    (7, 4, 400, 240, "square"),
    (8, 8, 570, 240, "square"),
)
SIZE = 120


class TibilletDemo(models.AbstractModel):
    _inherit = "tibillet.demo"

    @api.model
    def _open_dining_room(self):
        """A till with tables in the demo bar, beside the one of its counter."""
        company = self._ref("demo_company_bar")
        configs = self.env["pos.config"].search([("company_id", "=", company.id)])
        if configs.filtered("module_pos_restaurant"):
            return
        config = company._tibillet_open_till("Salle du fond")
        self._show_the_bar_only(config)
        config.write({"module_pos_restaurant": True, "iface_splitbill": True})
        floor = config.floor_ids[:1]
        floor.name = "Salle"
        floor.table_ids.unlink()
        self.env["restaurant.table"].create(
            [
                {
                    "floor_id": floor.id,
                    "table_number": number,
                    "seats": seats,
                    "position_h": left,
                    "position_v": top,
                    "width": SIZE,
                    "height": SIZE,
                    "shape": shape,
                }
                for number, seats, left, top, shape in TABLES
            ]
        )
        screens = self.env["tibillet.prep.screen"].search([("company_id", "=", company.id)])
        screens.config_ids = [Command.link(config.id)]
