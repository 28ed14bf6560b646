from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.prep.counter": ("all", {"base.group_system": "r"}),
    "tibillet.prep.line": ("own", {"point_of_sale.group_pos_user": "r"}),
    "tibillet.prep.screen": ("own", {"point_of_sale.group_pos_manager": "rwcu", "point_of_sale.group_pos_user": "r"}),
    "tibillet.prep.ticket": ("own", {"point_of_sale.group_pos_user": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
