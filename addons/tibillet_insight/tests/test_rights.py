from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.insight.survival": (
        "own",
        {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"},
    ),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
