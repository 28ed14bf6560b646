from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import StripeCase


@tagged("post_install", "-at_install")
class TestAccess(StripeCase):
    """Who must not read what Stripe says, nor act upon it."""

    def setUp(self):
        super().setUp()
        self.paid(25.0, "pi_ann")
        said = self.stripe.payout("po_1", 2437, self.stripe.charge("a", 2500, 63, "pi_ann"))
        body = self.stripe.message("payout.paid", said)
        self.event = self.env["tibillet.stripe.event"]._receive(
            self.provider, body, self.stripe.sign(body, "whsec_of_tibillet")
        )
        self.payout = self.learn("po_1")

    def test_an_accountant_reads_their_own_venue_and_writes_nothing(self):
        ours = self._account_user("t_bar_books", self.bar, "base.group_user", "tibillet_base.group_accountant")
        other = self._account_user("t_hall_books", self.hall, "base.group_user", "tibillet_base.group_accountant")
        for record in (self.event, self.payout, self.payout.line_ids):
            seen = record.with_user(ours).sudo(False)
            self.assertTrue(seen.read(["name"]))
            with self.assertRaises(AccessError):
                seen.write({"name": "x"})
            with self.assertRaises(AccessError):
                record.with_user(other).sudo(False).read(["name"])
        with self.assertRaises(AccessError):
            self.payout.with_user(other).sudo(False).action_book()
        with self.assertRaises(AccessError):
            self.event.with_user(other).sudo(False).action_try_again()

    def test_cashiers_holders_and_public_read_nothing(self):
        cashier = self._account_user("t_cashier_s", self.bar, "base.group_user", "tibillet_base.group_cashier")
        holder = new_test_user(self.env, "t_holder_s", groups="base.group_portal", partner_id=self.ann.id)
        for user in (cashier, holder, self.public_user):
            for record in (self.event, self.payout, self.payout.line_ids):
                with self.subTest(user=user.id, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).sudo(False).read(["name"])

    def test_secrets_are_the_administrators(self):
        books = self._account_user("t_books_s", self.bar, "base.group_user", "tibillet_base.group_accountant")
        with self.assertRaises(AccessError):
            self.provider.with_user(books).sudo(False).read(["tibillet_stripe_secret"])
