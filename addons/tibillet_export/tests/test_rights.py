from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.export": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.export.make": ("own", {"tibillet_base.group_accountant": "rwc"}),
    "tibillet.paheko.account": ("own", {"tibillet_base.group_accountant": "rwcu"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
