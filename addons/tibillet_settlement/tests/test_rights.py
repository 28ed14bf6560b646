from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.settlement.move": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.settlement.netting": ("all", {"tibillet_base.group_network_manager": "rwcu"}),
    "tibillet.settlement.netting.line": ("all", {"tibillet_base.group_network_manager": "rwcu"}),
    "tibillet.settlement.pair": ("own", {"tibillet_base.group_accountant": "rw"}),
    "tibillet.settlement.pay": ("all", {"tibillet_base.group_accountant": "rwcu"}),
    "tibillet.settlement.round": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.settlement.round.line": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.settlement.statement": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.settlement.statement.line": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.settlement.transfer": ("own", {"tibillet_base.group_accountant": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
