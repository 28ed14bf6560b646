"""What the back office does with a card in hand: find, enrol, link, replace, export."""

import csv

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common import UID_A, UID_B, NetworkCase


class TestCardDesk(NetworkCase):
    def test_find_by_number_or_by_chip(self):
        card = self.make_card(uid=UID_A)
        cards = self.env["tibillet.card"].with_user(self.manager)
        for text in (card.number, card.number.lower(), UID_A, "04:a1:b2:c3:d4:e5:f6"):
            with self.subTest(text=text):
                self.assertEqual(cards.find(text)["res_id"], card.id)

    def test_find_what_is_not_there(self):
        cards = self.env["tibillet.card"].with_user(self.manager)
        for text, words in (
            (UID_B, "not known here"),
            ("", "could not read"),
            (None, "could not read"),
            ("nonsense", "could not read"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, words):
                cards.find(text)
        with self.assertRaises(AccessError):
            cards.with_user(self.cashier).find(UID_A)

    def test_find_another_venues_card(self):
        card = self.make_card(self.barn_batch, uid=UID_A)
        with self.assertRaisesRegex(UserError, "issued elsewhere"):
            self.env["tibillet.card"].with_user(self.manager).find(card.number)

    def test_enrol_card_after_card(self):
        batch = self.batch.with_user(self.manager)
        cards = batch._generate(2)
        self.assertEqual(batch.next_to_enrol(), {"number": cards[0].number, "left": 2})
        self.assertEqual(batch.enrol(cards[0].number, UID_A), {"number": cards[1].number, "left": 1})
        with self.assertRaisesRegex(UserError, f"is card {cards[0].number} already"):
            batch.enrol(cards[1].number, UID_A)
        self.assertEqual(batch.enrol(cards[1].number, UID_B), {"number": False, "left": 0})
        self.assertEqual(self.env["tibillet.card"]._resolve(UID_B), cards[1])

    def test_enrol_in_another_venues_batch(self):
        card = self.barn_batch._generate(1)
        with self.assertRaises(UserError):
            self.barn_batch.with_user(self.manager).enrol(card.number, UID_A)
        self.assertEqual(card.chip_state, "none")

    def test_link_wizard(self):
        card = self.make_card()
        self.top_up(card, self.euro, 1250)
        wizard = Form(self.env["tibillet.card.link"].with_user(self.manager).with_context(default_card_id=card.id))
        wizard.partner_id = self.anna
        self.assertIn("12.50", wizard.moved)
        wizard.save().action_link()
        self.assertEqual(card.partner_id, self.anna)

    def test_link_wizard_with_the_card_they_have(self):
        first, second = self.make_card(), self.make_card()
        first._link(self.anna)
        self.top_up(first, self.euro, 1250)
        wizard = (
            self.env["tibillet.card.link"]
            .with_user(self.manager)
            .create({"card_id": second.id, "partner_id": self.anna.id})
        )
        self.assertTrue(wizard.has_card)
        with self.assertRaisesRegex(UserError, "already has a card"):
            wizard.action_link()
        wizard.witness_number = second.number
        with self.assertRaisesRegex(UserError, "is not a card of"):
            wizard.action_link()
        wizard.witness_number = f" {first.number.lower()} "
        wizard.action_link()
        self.assertEqual(second.partner_id, self.anna)

    def test_replace_wizard_declares_lost_and_replaces(self):
        card, new = self.make_card(), self.make_card()
        self.top_up(card, self.euro, 1250)
        wizard = (
            self.env["tibillet.card.replace"]
            .with_user(self.manager)
            .create({"card_id": card.id, "new_number": new.number.lower()})
        )
        self.assertIn("12.50", wizard.will_move)
        wizard.action_replace()
        self.assertEqual((card.state, self.held_by(new._wallet())), ("lost", {self.euro: 1250}))

    def test_replace_wizard_takes_cards_of_the_venue_only(self):
        card, foreign = self.make_card(), self.make_card(self.barn_batch)
        for number in (foreign.number, "NOSUCH99"):
            wizard = (
                self.env["tibillet.card.replace"]
                .with_user(self.manager)
                .create({"card_id": card.id, "new_number": number})
            )
            with self.subTest(number=number), self.assertRaisesRegex(UserError, "No card of yours"):
                wizard.action_replace()
        self.assertEqual(card.state, "active")

    def test_draw_wizard(self):
        batch = self.make_batch(self.env["tibillet.place"].create({"name": "Draw", "company_id": False}))
        with self.assertRaises(AccessError):
            self.env["tibillet.card.draw"].with_user(self.manager).create({"batch_id": batch.id}).action_draw()
        self.env["tibillet.card.draw"].with_user(self.manager).create(
            {"batch_id": self.batch.id, "count": 3}
        ).action_draw()
        self.assertEqual(self.batch.card_count, 3)

    def test_acts_open_what_they_say(self):
        card = self.make_card()
        card._link(self.anna)
        self.assertEqual(card.with_user(self.manager).action_open_wallet()["res_id"], card._wallet().id)
        self.assertEqual(self.anna.with_user(self.manager).action_open_tibillet_wallet()["res_id"], card._wallet().id)


@tagged("post_install", "-at_install")
class TestBatchExport(NetworkCase, HttpCase):
    def test_numbers_for_the_printer(self):
        cards = self.batch._generate(3)
        self.authenticate("t_manager", "t_manager")
        answer = self.url_open(f"/tibillet/batch/{self.batch.id}/cards.csv")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            sorted(map(tuple, csv.reader(answer.text.splitlines()))),
            sorted((card.qr_url, card.number) for card in cards),
        )

    def test_not_without_rights(self):
        self.batch._generate(3)
        self.authenticate("t_cashier", "t_cashier")
        with mute_logger("odoo.http"):
            self.assertIn(self.url_open(f"/tibillet/batch/{self.batch.id}/cards.csv").status_code, (403, 404))
        self.authenticate("t_barn_manager", "t_barn_manager")
        self.assertFalse(self.url_open(f"/tibillet/batch/{self.batch.id}/cards.csv").text.strip())
