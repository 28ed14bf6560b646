"""A restaurant for tests: a kitchen and a bar screen fed by the bar's till. Public: other addons' tests use it."""

import json
import uuid

from odoo import Command

from odoo.addons.tibillet_pos_nfc.tests.common import TillCase


class RestaurantCase(TillCase):
    """The bar with tables, a kitchen screen (food) and a bar screen (drinks), and a dish beside the beer."""

    # Whether a manager must approve what is cancelled, as on a new till.
    asks_manager = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till.tibillet_cancel_approval = cls.asks_manager
        cls.food, cls.drinks = cls.env["pos.category"].create([{"name": "Test food"}, {"name": "Test drinks"}])
        cls.beer.pos_categ_ids = cls.drinks
        cls.dal = cls.env["product.product"].create(
            {
                "name": "Test dal",
                "available_in_pos": True,
                "list_price": 8.0,
                "type": "consu",
                "taxes_id": [Command.set(cls.tax.ids)],
                "pos_categ_ids": [Command.set(cls.food.ids)],
            }
        )
        cls.kitchen, cls.counter = cls.env["tibillet.prep.screen"].create(
            [
                {
                    "name": name,
                    "company_id": cls.bar.id,
                    "config_ids": [Command.set(cls.till.ids)],
                    "category_ids": [Command.set(category.ids)],
                }
                for name, category in (("Kitchen", cls.food), ("Counter", cls.drinks))
            ]
        )
        floor = cls.env["restaurant.floor"].create({"name": "Room", "pos_config_ids": [Command.set(cls.till.ids)]})
        cls.table_7, cls.table_9 = cls.env["restaurant.table"].create(
            [{"table_number": number, "floor_id": floor.id, "seats": 4} for number in (7, 9)]
        )

    @classmethod
    def _open_session(cls, till):
        till.write({"module_pos_restaurant": True, "iface_splitbill": True})
        return super()._open_session(till)

    def _dish(self, qty=1, **vals):
        return self._beer_line(qty, 8.0, **{"product_id": self.dal.id, "full_product_name": "Test dal", **vals})

    def _sent(self, *lines, moved=None):
        """What the till says it has sent: these lines, as `last_order_preparation_change` has them."""
        return json.dumps(
            {
                "lines": {
                    line["uuid"]: {
                        "uuid": line["uuid"],
                        "quantity": line["qty"],
                        "note": line.get("note", ""),
                        "customer_note": line.get("customer_note", ""),
                        "tibillet_moved": (moved or {}).get(line["uuid"], {}),
                    }
                    for line in lines
                },
                "metadata": {},
            }
        )

    def _table_order(self, *lines, order_uuid=None, sent=None, table=None, moved=None, **vals):
        """A table's order as the till sends it, its lines sent to preparation (or `sent` of them)."""
        order_uuid = order_uuid or str(uuid.uuid4())
        values = self._order(
            list(lines),
            order_uuid=order_uuid,
            state="draft",
            last_order_preparation_change=self._sent(*(lines if sent is None else sent), moved=moved),
            **{"table_id": (table or self.table_7).id, **vals},
        )
        known = self.env["pos.order"].search([("uuid", "=", order_uuid)])
        ids = {line.uuid: line.id for line in known.lines}
        values["lines"] = [
            Command.update(ids[line["uuid"]], dict(line)) if line["uuid"] in ids else Command.create(dict(line))
            for line in lines
        ] + [Command.delete(ids[gone]) for gone in set(ids) - {line["uuid"] for line in lines}]
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        return self.env["pos.order"].search([("uuid", "=", order_uuid)])

    def _tickets(self, screen):
        return self.env["tibillet.prep.ticket"].sudo().search([("screen_id", "=", screen.id)])

    def _shown(self, screen, state="to_prepare"):
        """What stands in a column: ``[(for whom, [(name, quantity, changed, cancelled)])]``."""
        return [
            (
                ticket["table"] or ticket["name"],
                [(line["name"], line["qty"], line["changed"], line["cancelled"]) for line in ticket["lines"]],
            )
            for ticket in screen.sudo()._state()["tickets"]
            if ticket["state"] == state
        ]
