import itertools

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..models.card import TRANSITIONS
from .common import NetworkCase

STATES = ("blank", "active", "lost", "blocked", "void")


class TestCardStates(NetworkCase):
    def in_state(self, state):
        card = self.batch._generate(1)
        path = {
            "blank": (),
            "active": ("active",),
            "lost": ("active", "lost"),
            "blocked": ("active", "blocked"),
            "void": ("void",),
        }
        for step in path[state]:
            card.sudo().write({"state": step})
        return card

    def test_every_transition(self):
        for old, new in itertools.product(STATES, STATES):
            card = self.in_state(old)
            with self.subTest(old=old, new=new):
                if old == new or old in TRANSITIONS.get(new, ()):
                    card.sudo().write({"state": new})
                    self.assertEqual(card.state, new)
                else:
                    with self.assertRaisesRegex(UserError, card.number):
                        card.sudo().write({"state": new})

    def test_void_is_for_good(self):
        self.assertFalse([new for new, olds in TRANSITIONS.items() if "void" in olds])

    def test_each_refusal_has_its_sentence(self):
        sentences = set()
        for state in ("blank", "lost", "blocked", "void"):
            code, sentence = self.in_state(state)._refusal()
            self.assertEqual(code, state)
            sentences.add(sentence)
        self.assertEqual(len(sentences), 4)
        self.assertIsNone(self.in_state("active")._refusal())

    def test_first_use_activates_a_blank_card_only(self):
        for state, after in (
            ("blank", "active"),
            ("active", "active"),
            ("lost", "lost"),
            ("blocked", "blocked"),
            ("void", "void"),
        ):
            card = self.in_state(state)
            card._activate()
            self.assertEqual(card.state, after)

    def test_block_and_unblock_are_told_in_the_chatter(self):
        card = self.in_state("active").with_user(self.manager)
        self.flush_tracking()
        card.action_block()
        self.flush_tracking()
        self.assertEqual(card.state, "blocked")
        tracked = card.sudo().message_ids.tracking_value_ids.filtered(lambda value: value.field_id.name == "state")
        self.assertIn(("Active", "Blocked"), [(value.old_value_char, value.new_value_char) for value in tracked])
        self.assertEqual(card.sudo().message_ids[0].author_id, self.manager.partner_id)
        card.action_unblock()
        self.assertEqual(card.state, "active")

    def test_only_a_blocked_card_is_unblocked(self):
        card = self.in_state("lost").with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Only a blocked card"):
            card.action_unblock()

    def test_found_again(self):
        card = self.in_state("active")
        self.top_up(card, self.euro, 1200)
        card.with_user(self.manager).action_declare_lost()
        card.with_user(self.manager).action_found()
        self.assertEqual(card.state, "active")
        self.assertEqual(self.held_by(card._wallet()), {self.euro: 1200})

    def test_void_keeps_no_money_out_of_reach(self):
        card = self.in_state("active")
        self.top_up(card, self.euro, 1250)
        with self.assertRaisesRegex(UserError, "still holds.*12.50"):
            card.with_user(self.manager).action_void()
        self.assertEqual(card.state, "active")

    def test_void_frees_the_holder(self):
        card = self.in_state("active")
        card._link(self.anna)
        card.with_user(self.manager).action_void()
        self.assertFalse(card.partner_id)

    def test_a_card_is_never_deleted(self):
        with self.assertRaisesRegex(UserError, "void it instead"):
            self.in_state("blank").sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_holder_on_a_dead_card(self):
        card = self.in_state("lost")
        self.env.flush_all()
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE tibillet_card SET partner_id = %s WHERE id = %s", [self.anna.id, card.id])

    def test_numbers_are_drawn_without_look_alikes(self):
        cards = self.batch._generate(50)
        self.assertEqual(len(set(cards.mapped("number"))), 50)
        self.assertFalse(set("".join(cards.mapped("number"))) & set("01OI"))

    def test_how_many_at_once(self):
        for count in (0, -1, 20_001):
            with self.subTest(count=count), self.assertRaises(UserError):
                self.batch._generate(count)
