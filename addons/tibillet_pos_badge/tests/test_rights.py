from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.badge": ("own", {"tibillet_base.group_manager": "r"}),
    "tibillet.badge.stay": ("own", {"tibillet_base.group_manager": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
