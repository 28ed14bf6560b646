from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import OnlineCase


class TestAccess(OnlineCase):
    """Who must not read or move what is paid online."""

    def setUp(self):
        super().setUp()
        self.tx = self.top_up_online(25.0)

    def test_a_manager_reads_their_venue_and_only_top_ups(self):
        manager = self._account_user("t_bar_manager", self.bar, "base.group_user", "tibillet_base.group_manager")
        other = self._account_user("t_hall_manager", self.hall, "base.group_user", "tibillet_base.group_manager")
        invoice = self._create_transaction("direct", reference="INVOICE")
        self.assertEqual(self.tx.with_user(manager).sudo(False).tibillet_state, "credited")
        for user, payment in ((manager, invoice), (other, self.tx)):
            with self.assertRaises(AccessError):
                payment.with_user(user).sudo(False).read(["state"])
        with self.assertRaises(AccessError):
            self.tx.with_user(manager).sudo(False).tibillet_state = "by_hand"

    def test_cashiers_holders_and_public_read_nothing(self):
        cashier = self._account_user("t_cashier_online", self.bar, "base.group_user", "tibillet_base.group_cashier")
        holder = new_test_user(self.env, "t_holder", groups="base.group_portal", partner_id=self.ann.id)
        for user in (cashier, holder, self.public_user):
            with self.subTest(user=user.id), self.assertRaises(AccessError):
                self.tx.with_user(user).sudo(False).read(["amount"])
