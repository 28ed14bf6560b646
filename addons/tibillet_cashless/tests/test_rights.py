from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.book.operations": ("all", {"tibillet_base.group_accountant": "rwcu"}),
    "tibillet.booked.transaction": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.booking": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.control": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.wallet.control": ("own", {"tibillet_base.group_accountant": "r"}),
    "tibillet.wallet.operation": ("all", {"tibillet_base.group_accountant": "rwcu"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
