from odoo.addons.tibillet_base.tests.rights import RightsCase

RIGHTS = {
    "tibillet.asset": (
        "all",
        {
            "tibillet_base.group_accountant": "r",
            "tibillet_base.group_cashier": "r",
            "tibillet_base.group_manager": "rwc",
        },
    ),
    "tibillet.card": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.card.batch": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rwc"}),
    "tibillet.card.draw": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.card.import": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.card.link": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.card.replace": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.debit.order": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rwcu"}),
    "tibillet.federation": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rwc"}),
    "tibillet.federation.invite": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.federation.member": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.federation.share": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.federation.share.wizard": ("all", {"tibillet_base.group_manager": "rwcu"}),
    "tibillet.ledger.anchor": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.balance": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.hold": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.posting": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.reason": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.report": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.ledger.transaction": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.place": (
        "all",
        {
            "tibillet_base.group_accountant": "r",
            "tibillet_base.group_cashier": "r",
            "tibillet_base.group_manager": "rw",
            "tibillet_base.group_network_manager": "rwc",
        },
    ),
    "tibillet.sweep": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "rwcu"}),
    "tibillet.venue.wizard": ("all", {"tibillet_base.group_network_manager": "rwcu"}),
    "tibillet.venue.wizard.person": ("all", {"tibillet_base.group_network_manager": "rwcu"}),
    "tibillet.verification": ("all", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
    "tibillet.wallet": ("own", {"tibillet_base.group_accountant": "r", "tibillet_base.group_manager": "r"}),
}


class TestRights(RightsCase):
    def test_every_model(self):
        self.assertRights(RIGHTS)
