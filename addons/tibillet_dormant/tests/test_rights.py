from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.dormant.balance": (
        "own",
        {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"},
    ),
    "tibillet.dormant.decision": ("own", {"tibillet_base.group_accountant": "rwu"}),
    "tibillet.dormant.decision.line": ("own", {"tibillet_base.group_accountant": "ru"}),
    "tibillet.dormant.notice": (
        "own",
        {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"},
    ),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
