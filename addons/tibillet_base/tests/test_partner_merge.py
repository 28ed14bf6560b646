from odoo.exceptions import AccessError, RedirectWarning

from .common import NetworkCase


class TestPartnerMerge(NetworkCase):
    def merge(self, *partners):
        self.env["base.partner.merge.automatic.wizard"]._merge([partner.id for partner in partners], partners[-1])

    def test_both_have_a_wallet(self):
        first, second = self.make_card(), self.make_card()
        first._link(self.anna)
        second._link(self.ben)
        self.top_up(first, self.euro, 700)
        self.top_up(second, self.euro, 50)
        self.top_up(second, self.hours, 30)
        self.merge(self.anna, self.ben)
        self.assertFalse(self.anna.exists())
        self.assertEqual(
            self.held_by(self.env["tibillet.wallet"]._for_partner(self.ben)), {self.euro: 750, self.hours: 30}
        )
        self.assertEqual((first | second).partner_id, self.ben)
        self.assertEqual(first._wallet(), second._wallet())

    def test_only_the_vanishing_one_has_a_wallet(self):
        card = self.make_card()
        card._link(self.anna)
        self.top_up(card, self.euro, 700)
        self.merge(self.anna, self.ben)
        self.assertEqual(card._wallet().partner_id, self.ben)
        self.assertEqual(self.held_by(card._wallet()), {self.euro: 700})

    def test_the_emptied_wallet_is_kept(self):
        card = self.make_card()
        card._link(self.anna)
        wallet = self.top_up(card, self.euro, 700)
        self.merge(self.anna, self.ben)
        self.assertTrue(wallet.exists())
        self.assertEqual(wallet.owner_kind, "pseudonym")

    def test_three_at_once(self):
        third = self.env["res.partner"].create({"name": "Test Cleo"})
        for partner in (self.anna, self.ben, third):
            self.top_up(self.env["tibillet.wallet"]._for_partner(partner), self.euro, 100)
        self.merge(self.anna, self.ben, third)
        self.assertEqual(self.held_by(self.env["tibillet.wallet"]._for_partner(third)), {self.euro: 300})

    def test_erased_person_leaves_a_pseudonym(self):
        card = self.make_card()
        card._link(self.anna)
        wallet = self.top_up(card, self.euro, 700)
        self.anna.unlink()
        self.assertEqual(self.held_by(wallet), {self.euro: 700}, "the books still add up")
        self.assertEqual(wallet.owner_kind, "pseudonym")
        self.assertNotIn("anna", wallet.pseudonym.lower())
        self.assertFalse(card.partner_id)
        self.assertNotEqual(card._wallet(), wallet, "whoever holds the card next does not inherit")

    def test_a_person_with_a_user_is_still_protected(self):
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.manager.partner_id.unlink()

    def test_whose_wallet_one_may_not_read_one_neither_merges_nor_deletes(self):
        """Who edits contacts could else take the money of a stranger, or make it nobody's."""
        card = self.make_card()
        card._link(self.anna)
        self.top_up(card, self.euro, 700)
        clerk = self.make_user("t_clerk", self.bar, "group_cashier")
        for user in (clerk, self.barn_manager):
            user.group_ids |= self.env.ref("base.group_partner_manager")
            wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "has a wallet"):
                self.anna.with_user(user)._check_tibillet_wallets()
            # Another addon may refuse first, in its own words.
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard._update_foreign_keys(self.anna.with_user(user), self.ben.with_user(user))
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.anna.with_user(user).unlink()
        self.assertEqual(card._wallet().partner_id, self.anna)
        self.manager.group_ids |= self.env.ref("base.group_partner_manager")
        self.anna.with_user(self.manager)._check_tibillet_wallets()
