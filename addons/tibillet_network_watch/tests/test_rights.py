from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.acceptance": ("own", {"tibillet_base.group_accountant": "rw"}),
    "tibillet.network.volume": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.network.watch": ("own", {"tibillet_base.group_accountant": "rw"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
