from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BadgeCase


@tagged("post_install", "-at_install")
class TestAccess(BadgeCase):
    """Who was where, and how long, is for the managers of the place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._account_user("bar_manager", cls.bar, "tibillet_base.group_manager")
        cls.neighbour = cls._account_user("hall_manager", cls.hall, "tibillet_base.group_manager")
        cls.accountant = cls._account_user("bar_accountant", cls.bar, "tibillet_base.group_accountant")

    def test_a_manager_reads_their_own_places(self):
        self._at(0)
        self._at(30, till=self.hall_till)
        for model in ("tibillet.badge", "tibillet.badge.stay"):
            records = self.env[model]
            self.assertEqual(records.with_user(self.manager).search([]).mapped("place_id"), self.bar_place)
            self.assertEqual(records.with_user(self.neighbour).search([]).mapped("place_id"), self.hall_place)

    @mute_logger("odoo.models")
    def test_a_manager_writes_nothing(self):
        entry = self._at(0).with_user(self.manager)
        for forbidden in (lambda: entry.write({"direction": "out"}), entry.copy, entry.unlink):
            with self.assertRaises(UserError), self.cr.savepoint():
                forbidden()

    @mute_logger("odoo.models")
    def test_cashiers_and_accountants_read_nothing(self):
        self._at(0)
        for user in (self.cashier, self.accountant):
            for model in ("tibillet.badge", "tibillet.badge.stay"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
