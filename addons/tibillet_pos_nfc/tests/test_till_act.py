from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestTillAct(TillCase):
    """The log of what is done at a till beside its sales: written once, read by its venue."""

    def setUp(self):
        super().setUp()
        self.acts = self.env["tibillet.till.act"].with_user(self.cashier)

    def test_what_is_logged(self):
        act = self.acts._log(
            self.pos_session,
            "gift",
            card_number="ABCD1234",
            asset_id=self.bar_gift.id,
            amount=250,
            approver_id=self.env.uid,
            reason="Volunteer",
            key="desk:1",
        )
        self.assertEqual(
            (act.session_id, act.config_id, act.company_id, act.cashier_id, act.approver_id),
            (self.pos_session, self.till, self.bar, self.cashier, self.env.user),
        )
        self.assertEqual((act.kind, act.card_number, act.reason), ("gift", "ABCD1234", "Volunteer"))
        self.assertEqual(act.amount_text, self.bar_gift.format(250))

    def test_the_same_key_is_logged_once(self):
        act = self.acts._log(self.pos_session, "block", key="desk:2", card_number="ABCD1234")
        self.assertFalse(self.acts._log(self.pos_session, "block", key="desk:2", card_number="ABCD1234"))
        self.assertEqual(self.acts._of_key("desk:2"), act)
        first, second = (self.acts._log(self.pos_session, "login") for _ in range(2))
        self.assertNotEqual(first, second)

    def test_an_unknown_act_is_a_mistake_of_the_code(self):
        with self.assertRaises(ValueError):
            self.acts._log(self.pos_session, "dance")
        with self.assertRaises(ValueError):
            self.acts._log(self.pos_session, "block", company_id=self.hall.id)

    def test_nobody_rewrites_it(self):
        act = self.acts._log(self.pos_session, "block", card_number="ABCD1234")
        for vals in ({"reason": "Nothing"}, {"cashier_id": self.env.uid}):
            with self.assertRaises(UserError):
                act.sudo().write(vals)
        with self.assertRaises(UserError):
            act.sudo().unlink()
        for user in (self.cashier, self.env.user, self.env.ref("base.user_admin")):
            for right in ("create", "write", "unlink"):
                with self.subTest(user=user.login, right=right):
                    self.assertFalse(self.env["tibillet.till.act"].with_user(user).has_access(right))

    def test_a_venue_reads_its_own(self):
        act = self.acts._log(self.pos_session, "block", card_number="ABCD1234")
        readers = {
            "mine": self._account_user("act_manager", self.bar, "tibillet_base.group_manager"),
            "books": self._account_user("act_accountant", self.bar, "tibillet_base.group_accountant"),
            "till": self.cashier,
        }
        for reader in readers.values():
            self.assertTrue(act.with_user(reader).search([("id", "=", act.id)]))
        stranger = self._account_user("act_stranger", self.hall, "tibillet_base.group_manager")
        self.assertFalse(act.with_user(stranger).search([("id", "=", act.id)]))
        with self.assertRaises(AccessError):
            act.with_user(self._account_user("act_nobody", self.bar, "base.group_user")).read(["kind"])
