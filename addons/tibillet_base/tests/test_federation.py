from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import NetworkCase


class TestFederation(NetworkCase):
    def setUp(self):
        super().setUp()
        self.federation = self.env["tibillet.federation"].with_user(self.manager).create({"name": "Test federation"})

    def accepted(self, place):
        return self.env["tibillet.asset"].browse(place._accepted_asset_ids())

    def invited(self):
        self.federation._invite(self.barn)
        return self.federation.member_ids.filtered(lambda member: member.place_id == self.barn).with_user(
            self.barn_manager
        )

    def test_the_founder_is_its_first_member(self):
        self.assertEqual(
            [(member.place_id, member.state) for member in self.federation.member_ids], [(self.bar, "accepted")]
        )

    def test_invite_accept_share_exclude(self):
        member = self.invited()
        self.assertEqual(member.state, "invited")
        self.federation._share(self.euro.with_user(self.manager))
        self.assertEqual(self.accepted(self.barn), self.grain, "nothing before the answer")
        member.action_accept()
        self.assertEqual(self.accepted(self.barn), self.grain | self.euro)
        share = self.federation.share_ids.with_user(self.barn_manager)
        share.action_refuse_here()
        self.assertEqual(self.accepted(self.barn), self.grain)
        self.assertIn(self.euro, self.accepted(self.bar), "a refusal is one place's own")
        share.action_take_here()
        self.assertEqual(self.accepted(self.barn), self.grain | self.euro)

    def test_own_assets_need_no_federation(self):
        self.assertEqual(self.accepted(self.bar), self.gift | self.euro | self.hours)

    def test_invitation_is_mailed_to_the_place(self):
        self.federation._invite(self.barn, "Join us!")
        mail = self.env["mail.mail"].search([("email_to", "=", "TestBarn@places.example")], order="id desc", limit=1)
        self.assertIn("Test federation", mail.subject)
        self.assertIn("Join us!", mail.body_html)

    def test_refuse_and_be_asked_again(self):
        member = self.invited()
        member.action_refuse()
        self.federation._share(self.euro.with_user(self.manager))
        self.assertEqual(self.accepted(self.barn), self.grain)
        self.federation._invite(self.barn)
        self.assertEqual(member.state, "invited")
        self.assertEqual(len(self.federation.member_ids), 2)

    def test_leaving_takes_ones_assets_along(self):
        member = self.invited()
        member.action_accept()
        self.federation.with_user(self.barn_manager)._share(self.grain.with_user(self.barn_manager))
        self.federation._share(self.euro.with_user(self.manager))
        self.assertIn(self.grain, self.accepted(self.bar))
        member.action_leave()
        self.assertNotIn(self.grain, self.accepted(self.bar))
        self.assertEqual(self.accepted(self.barn), self.grain)

    def test_answers_out_of_turn(self):
        member = self.invited()
        with self.assertRaisesRegex(UserError, "answer was given"):
            member.action_leave()
        member.action_accept()
        for act in ("action_accept", "action_refuse"):
            with self.subTest(act=act), self.assertRaisesRegex(UserError, "answer was given"):
                getattr(member, act)()
        with self.assertRaisesRegex(UserError, "already invited"):
            self.federation._invite(self.barn)

    def test_nobody_answers_for_another_place(self):
        member = self.invited()
        for user in (
            self.manager,
            self.cashier,
            self.accountant,
            self.make_user("t_barn_cashier", self.barn, "group_cashier"),
        ):
            for act in ("action_accept", "action_refuse"):
                with self.subTest(user=user.login, act=act), self.assertRaises(AccessError):
                    getattr(member.with_user(user), act)()
        member.with_user(self.network).action_accept()
        self.assertEqual(member.state, "accepted")

    def test_only_members_invite(self):
        place = self.env["tibillet.place"].create({"name": "Third place"})
        for user in (self.barn_manager, self.cashier):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.federation.with_user(user)._invite(place)
        self.invited()
        with self.assertRaises(AccessError):
            self.federation.with_user(self.barn_manager)._invite(place)

    def test_only_the_issuer_shares_and_withdraws(self):
        member = self.invited()
        member.action_accept()
        with self.assertRaises(AccessError):
            self.federation.with_user(self.barn_manager)._share(self.euro.with_user(self.barn_manager))
        self.federation._share(self.euro.with_user(self.manager))
        with self.assertRaises(AccessError):
            self.federation.share_ids.with_user(self.barn_manager).action_withdraw()
        self.assertIn(self.euro, self.accepted(self.barn))
        self.federation.share_ids.with_user(self.manager).action_withdraw()
        self.assertNotIn(self.euro, self.accepted(self.barn))

    def test_an_outsider_shares_nothing(self):
        with self.assertRaisesRegex(UserError, "must join"):
            self.federation._share(self.grain.with_user(self.barn_manager))

    def test_an_asset_is_shared_once(self):
        self.federation._share(self.euro.with_user(self.manager))
        with self.assertRaisesRegex(UserError, "already shared"):
            self.federation._share(self.euro.with_user(self.manager))

    def test_archived_assets_are_not_taken(self):
        self.invited().action_accept()
        self.federation._share(self.euro.with_user(self.manager))
        self.euro.active = False
        self.assertNotIn(self.euro, self.accepted(self.barn))

    def test_default_debit_order(self):
        self.invited().action_accept()
        self.federation.with_user(self.barn_manager)._share(self.grain.with_user(self.barn_manager))
        self.assertEqual(list(self.accepted(self.bar)), [self.gift, self.euro, self.grain, self.hours])

    def test_debit_order_of_a_place(self):
        self.bar.with_user(self.manager).debit_order_ids = [
            Command.create({"asset_id": self.euro.id, "sequence": 1}),
            Command.create({"asset_id": self.gift.id, "sequence": 2}),
        ]
        self.assertEqual(list(self.accepted(self.bar)), [self.euro, self.gift, self.hours])
        self.bar.debit_order_ids[0].sequence = 3
        self.bar.invalidate_recordset()
        self.assertEqual(list(self.accepted(self.bar)), [self.gift, self.euro, self.hours])
        self.bar.debit_order_ids.unlink()
        self.assertEqual(list(self.accepted(self.bar)), [self.gift, self.euro, self.hours])
