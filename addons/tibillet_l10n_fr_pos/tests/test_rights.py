from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.fiscal.entry": ("own", {"point_of_sale.group_pos_manager": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
