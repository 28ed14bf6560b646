from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.cashier.card": ("own", {"tibillet_base.group_manager": "rwc"}),
    "tibillet.order.line.split": ("own", {"point_of_sale.group_pos_user": "r", "tibillet_base.group_accountant": "r"}),
    "tibillet.till.act": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_cashier": "r"}),
    "tibillet.till.device": ("own", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.till.pairing.try": ("all", {"tibillet_base.group_network_manager": "r"}),
    "tibillet.top.up.bonus": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rwcu"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
