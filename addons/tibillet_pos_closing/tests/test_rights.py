from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.archive": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.archive.entry": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.archive.make": ("all", {"tibillet_base.group_accountant": "rwc", "tibillet_base.group_manager": "rwc"}),
    "tibillet.closing": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.payment.correction": (
        "own",
        {"point_of_sale.group_pos_user": "r", "tibillet_base.group_accountant": "r"},
    ),
    "tibillet.print": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
