from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestAccess(CashlessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._account_user("hall_accountant", cls.hall, "tibillet_base.group_accountant")
        cls.cashier = cls._account_user("hall_cashier", cls.hall, "tibillet_base.group_cashier")

    def _closed(self):
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        key = self._spend(self.bar_place, self.bob_wallet, self.hall_euro, 1200)
        return self._close(self.bar, 1, spends=[key], amount=12.0)

    def test_an_accountant_reads_their_company_only(self):
        self._closed()
        bookings = self.env["tibillet.booking"].with_user(self.accountant).search([("origin", "=", "pos.session:1")])
        self.assertEqual(bookings.company_id, self.hall)
        self.assertEqual(bookings.merchant_id.display_name, "Bar")
        controls = self.env["tibillet.wallet.control"].with_user(self.accountant).search([])
        self.assertEqual(controls.company_id, self.hall)
        self.assertIn(self.hall_euro, controls.asset_id)

    def test_an_accountant_changes_no_booking(self):
        booking = self._closed().with_user(self.accountant)
        for forbidden in (lambda: booking.write({"state": "failed"}), booking.unlink, lambda: booking.copy()):
            with self.assertRaises(AccessError):
                forbidden()

    def test_another_companys_mirror_is_not_booked_from_here(self):
        self._closed()
        mirror = self.env["tibillet.booking"].search(
            [("origin", "=", "pos.session:1"), ("company_id", "=", self.hall.id)]
        )
        stranger = self._account_user("bar_accountant", self.bar, "tibillet_base.group_accountant")
        with self.assertRaises(AccessError):
            mirror.with_user(stranger).action_book_now()
        with self.assertRaises(AccessError):
            mirror.with_user(self.cashier).action_book_now()

    def test_a_cashier_sees_none_of_it(self):
        self._closed()
        for model in ("tibillet.booking", "tibillet.booked.transaction", "tibillet.wallet.control"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.cashier).search([])
        with self.assertRaises(AccessError):
            self.hall_euro.with_user(self.cashier).account_id  # noqa: B018

    def test_an_accountant_keeps_the_books(self):
        self.assertTrue(self.accountant.has_group("account.group_account_user"))
        self.assertFalse(self.cashier.has_group("account.group_account_readonly"))
