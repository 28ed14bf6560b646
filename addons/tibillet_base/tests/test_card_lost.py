from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import NetworkCase


class TestCardLost(NetworkCase):
    def test_a_holders_money_stays_theirs(self):
        card = self.make_card()
        self.top_up(card, self.euro, 2000)
        card._link(self.anna)
        card._declare_lost()
        self.assertEqual(
            (card.state, card.partner_id, card.lost_partner_id), ("lost", self.env["res.partner"], self.anna)
        )
        self.assertEqual(self.held_by(self.env["tibillet.wallet"]._for_partner(self.anna)), {self.euro: 2000})
        self.assertEqual(self.held_by(card._wallet()), {}, "the lost card opens no wallet of theirs")

    def test_replacement_of_a_holders_card(self):
        card, new = self.make_card(), self.batch._generate(1)
        self.top_up(card, self.euro, 2000)
        card._link(self.anna)
        card._declare_lost()
        card._replace(new)
        self.assertEqual((new.state, new.partner_id, card.replaced_by_id), ("active", self.anna, new))
        self.assertEqual(self.held_by(new._wallet()), {self.euro: 2000})

    def test_replacement_when_the_holder_has_other_cards(self):
        card, other, new = self.make_card(), self.make_card(), self.make_card()
        card._link(self.anna)
        other._link(self.anna)
        self.top_up(card, self.euro, 2000)
        card._declare_lost()
        card._replace(new)
        self.assertEqual(new.partner_id, self.anna)

    def test_replacement_of_an_anonymous_card(self):
        card, new = self.make_card(), self.make_card()
        self.top_up(card, self.euro, 2000)
        self.top_up(card, self.hours, 45)
        self.top_up(new, self.euro, 100)
        card._declare_lost()
        card._replace(new)
        self.assertEqual(self.held_by(new._wallet()), {self.euro: 2100, self.hours: 45})
        self.assertFalse(self.held_by(card._wallet()))

    def test_a_card_is_replaced_once(self):
        card = self.make_card()
        card._declare_lost()
        card._replace(self.make_card())
        with self.assertRaisesRegex(UserError, "not waiting"):
            card._replace(self.make_card())
        with self.assertRaisesRegex(UserError, "was replaced"):
            card.with_user(self.manager).action_found()

    def test_only_a_lost_card_is_replaced(self):
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.make_card()._replace(self.make_card())

    def test_the_new_card_is_free(self):
        card, taken = self.make_card(), self.make_card()
        taken._link(self.ben)
        dead = self.make_card()
        dead._void()
        card._declare_lost()
        for new in (taken, dead, card):
            with self.subTest(new=new.number), self.assertRaisesRegex(UserError, "not free"):
                card._replace(new)

    def test_declared_by_its_holder_or_a_manager_only(self):
        holder = new_test_user(
            self.env,
            login="t_holder",
            groups="base.group_user",
            company_id=self.bar.company_id.id,
            company_ids=[Command.set(self.bar.company_id.ids)],
        )
        stranger = new_test_user(self.env, login="t_stranger", groups="base.group_user")
        card = self.make_card()
        card._link(holder.partner_id)
        for user in (stranger, self.cashier, self.accountant, self.barn_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                card.with_user(user).action_declare_lost()
        self.assertEqual(card.state, "active")
        card.with_user(holder).action_declare_lost()
        self.assertEqual(card.state, "lost")
