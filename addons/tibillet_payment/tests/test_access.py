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

    def test_who_invoices_fills_no_wallet(self):
        """Stock lets an accountant write payments: one that says "done", or another wallet, would be money for nothing."""
        accountant = self._account_user("t_bar_books", self.bar, "base.group_user", "tibillet_base.group_accountant")
        waiting = self.start(20.0).with_user(accountant).sudo(False)
        for values in ({"state": "done"}, {"amount": 2000.0}, {"tibillet_wallet_id": self.bob_wallet.id}):
            with self.subTest(values=values), self.assertRaisesRegex(AccessError, "provider alone"):
                waiting.write(values)
        invoice = self._create_transaction("direct", reference="INVOICE").with_user(accountant).sudo(False)
        with self.assertRaisesRegex(AccessError, "provider alone"):
            invoice.write({"tibillet_asset_id": self.bar_euro.id, "tibillet_wallet_id": self.bob_wallet.id})

    def test_people_of_the_back_office_try_no_provider_on_their_own_wallet(self):
        cashier = self._account_user("t_cashier_tries", self.bar, "base.group_user", "tibillet_base.group_cashier")
        offered = self.bar_euro.with_user(cashier)._online_providers(cashier.partner_id, 20.0)
        self.assertEqual(offered, self.provider)
        self.provider.is_published = False
        self.assertFalse(self.bar_euro.with_user(cashier)._online_providers(cashier.partner_id, 20.0))
