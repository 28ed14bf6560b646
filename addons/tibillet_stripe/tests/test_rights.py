from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.auto.top.up": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.stripe.event": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.stripe.payout": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.stripe.payout.line": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.top.up.link": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rc"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
