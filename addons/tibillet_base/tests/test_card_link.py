import uuid

from odoo.exceptions import UserError

from .. import ledger
from .common import NetworkCase


class TestCardLink(NetworkCase):
    def wallet_of(self, partner):
        return self.env["tibillet.wallet"]._for_partner(partner)

    def test_every_asset_moves_in_one_transaction(self):
        card = self.make_card()
        own = self.top_up(card, self.euro, 1500)
        self.top_up(card, self.gift, 200)
        self.top_up(card, self.hours, 90)
        self.top_up(self.wallet_of(self.anna), self.euro, 100)
        last = self.env["tibillet.ledger.transaction"].search([], limit=1)
        card._link(self.anna)
        self.assertEqual(self.held_by(self.wallet_of(self.anna)), {self.euro: 1600, self.gift: 200, self.hours: 90})
        self.assertEqual(self.held_by(own), {})
        merges = self.env["tibillet.ledger.transaction"].search([("id", ">", last.id)])
        self.assertEqual(merges.mapped("kind"), ["merge"])
        self.assertEqual(card._wallet(), self.wallet_of(self.anna))

    def test_archived_asset_moves_too(self):
        card = self.make_card()
        self.top_up(card, self.gift, 200)
        self.gift.active = False
        card._link(self.anna)
        self.assertEqual(self.held_by(self.wallet_of(self.anna)), {self.gift: 200})

    def test_same_person_again_changes_nothing(self):
        card = self.make_card()
        self.top_up(card, self.euro, 1500)
        card._link(self.anna)
        before = self.env["tibillet.ledger.transaction"].search_count([])
        card._link(self.anna)
        self.assertEqual(self.env["tibillet.ledger.transaction"].search_count([]), before)
        self.assertEqual(card.partner_id, self.anna)

    def test_what_came_late_is_swept_at_the_next_link(self):
        card = self.make_card()
        own = self.top_up(card, self.euro, 1500)
        card._link(self.anna)
        self.top_up(own, self.euro, 300)
        card._link(self.anna)
        self.assertEqual(self.held_by(self.wallet_of(self.anna)), {self.euro: 1800})

    def test_another_person_is_refused(self):
        card = self.make_card()
        card._link(self.anna)
        with self.assertRaisesRegex(UserError, "someone else"):
            card._link(self.ben)
        self.assertEqual(card.partner_id, self.anna)

    def test_blank_card_becomes_active(self):
        card = self.batch._generate(1)
        card._link(self.anna)
        self.assertEqual((card.state, card.partner_id), ("active", self.anna))

    def test_card_out_of_use_is_refused(self):
        for act in ("_declare_lost", "_void"):
            card = self.make_card()
            getattr(card, act)()
            with self.subTest(act=act), self.assertRaises(UserError):
                card._link(self.anna)
            self.assertFalse(card.partner_id)

    def test_a_strangers_card_does_not_open_a_full_wallet(self):
        """Who ties a card to someone else's name would spend their money."""
        self.make_card()._link(self.anna)
        self.top_up(self.wallet_of(self.anna), self.euro, 5000)
        thief = self.make_card()
        with self.assertRaisesRegex(UserError, "already has a card and a balance"):
            thief._link(self.anna)
        self.assertFalse(thief.partner_id)

    def test_a_first_card_or_an_empty_wallet_is_no_theft(self):
        self.top_up(self.wallet_of(self.anna), self.euro, 5000)
        self.make_card()._link(self.anna)
        self.make_card()._link(self.ben)
        self.make_card()._link(self.ben)
        self.assertEqual(len(self.ben.tibillet_card_ids), 2)

    def test_second_card_with_the_first_in_hand(self):
        first = self.make_card()
        first._link(self.anna)
        self.top_up(self.wallet_of(self.anna), self.euro, 5000)
        second = self.make_card()
        with self.assertRaises(UserError):
            second._link(self.anna, witness=self.make_card())
        second._link(self.anna, witness=first)
        self.assertEqual(second._wallet(), first._wallet())

    def test_not_during_a_payment(self):
        card = self.make_card()
        wallet = self.top_up(card, self.euro, 1500)
        with ledger.own_cursor(self.env) as cr:
            ledger.hold(cr, f"test:{uuid.uuid4()}", wallet.id, 500, [self.euro.id], self.bar.id, "test")
        with self.assertRaisesRegex(UserError, "payment is under way"), self.env.cr.savepoint():
            card._link(self.anna)
        self.env.invalidate_all()
        self.assertFalse(card.partner_id)
        self.assertEqual(self.held_by(wallet), {self.euro: 1500})

    def test_the_holders_name_stays_out_of_the_chatter(self):
        card = self.make_card()
        card._link(self.anna)
        self.flush_tracking()
        told = " ".join(str(message.body) for message in card.message_ids)
        values = card.message_ids.tracking_value_ids
        self.assertNotIn("Anna", told + " ".join(str(value.new_value_char) for value in values))
        self.assertIn("Linked", told)
