from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tibillet_cashless.tests.common import CashlessCase


@tagged("post_install", "-at_install")
class PicturesCase(CashlessCase):
    """The ledger dates its movements by itself: a copy of them is dated as a test wants, and read instead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("bar_manager", cls.bar, "tibillet_base.group_manager")
        cls.accountant = cls._account_user("bar_accountant", cls.bar, "tibillet_base.group_accountant")
        cls.cashier = cls._account_user("bar_cashier", cls.bar, "tibillet_base.group_cashier")
        cls.neighbour = cls._account_user("hall_manager", cls.hall, "tibillet_base.group_manager")

    def at(self, moments):
        """Read a copy where the transaction of each key took place at its moment: {key: datetime}."""
        self.env.flush_all()
        self.env.cr.execute("CREATE TEMP TABLE dated_posting ON COMMIT DROP AS SELECT * FROM tibillet_ledger_posting")
        self.addCleanup(self.env.cr.execute, "DROP TABLE dated_posting")
        for key, moment in moments.items():
            self.env.cr.execute(
                """UPDATE dated_posting SET created_at = %s FROM tibillet_ledger_transaction act
                    WHERE act.id = transaction_id AND act.key = %s""",
                [moment, key],
            )
        survival = type(self.env["tibillet.insight.survival"])
        self.startPatcher(patch.object(survival, "_postings", lambda model: SQL.identifier("dated_posting")))
