from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.login.link": ("all", {"base.group_system": "r"}),
    "tibillet.password.request": ("all", {"base.group_system": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
