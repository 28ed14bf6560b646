from odoo.exceptions import UserError

from .. import keyring
from .common import UID_A, UID_B, NetworkCase


class TestCardChip(NetworkCase):
    def resolve(self, uid):
        return self.env["tibillet.card"]._resolve(uid)

    def test_each_length_of_uid(self):
        for uid in ("5A3C19D4", "04A1B2C3D4E5F6", "8804E279C41A5D90B3F7"):
            card = self.make_card(uid=uid)
            with self.subTest(uid=uid):
                self.assertEqual(self.resolve(uid), card)

    def test_writing_of_the_reader_does_not_matter(self):
        card = self.make_card(uid=UID_A)
        for text in ("04:a1:b2:c3:d4:e5:f6", " 04A1B2C3D4E5F6\n", "04-A1-B2-C3-D4-E5-F6", "04 a1 b2 c3 d4 e5 f6"):
            with self.subTest(text=text):
                self.assertEqual(self.resolve(text), card)

    def test_bad_input(self):
        for bad in (
            "",
            None,
            False,
            12,
            b"04A1B2C3",
            "04A1B2",
            "04A1B2C3D4",
            "04A1B2C3D4E5F6A7",
            "ZZA1B2C3",
            "0" * 4000,
            "04A1B2C'--",
        ):
            with self.subTest(bad=bad), self.assertRaisesRegex(UserError, "could not read"):
                self.resolve(bad)

    def test_random_uid_is_refused(self):
        with self.assertRaisesRegex(UserError, "new number at each tap"):
            self.resolve("08A1B2C3")

    def test_seven_bytes_may_start_with_08(self):
        self.assertFalse(self.resolve("08A1B2C3D4E5F6"))

    def test_unknown(self):
        self.make_card(uid=UID_A)
        self.assertEqual(self.resolve(UID_B)._refusal()[0], "unknown")

    def test_first_tap_binds_the_full_uid(self):
        card = self.make_card(tag=UID_A[:8])
        self.assertEqual(card.chip_state, "tag")
        self.assertEqual(self.resolve(UID_A), card)
        self.assertEqual(card.chip_state, "bound")

    def test_bound_card_answers_to_its_own_uid_only(self):
        """Chips of one maker start alike: after the first tap the short tag opens nothing any more."""
        card = self.make_card(tag=UID_A[:8])
        self.resolve(UID_A)
        self.assertFalse(self.resolve(UID_A[:8] + "000000"))
        self.assertFalse(self.resolve(UID_A[:8]))
        self.assertEqual(self.resolve(UID_A), card)

    def test_two_cards_with_the_same_tag_are_not_guessed(self):
        first, second = self.make_card(tag=UID_A[:8]), self.make_card(tag=UID_A[:8])
        found = self.resolve(UID_A)
        self.assertEqual(found, first | second)
        self.assertEqual(found._refusal()[0], "ambiguous")
        self.assertEqual((first | second).mapped("chip_state"), ["tag", "tag"], "nothing was bound")

    def test_bound_by_the_printed_number_the_other_is_found_again(self):
        first, second = self.make_card(tag=UID_A[:8]), self.make_card(tag=UID_A[:8])
        first.with_user(self.manager).action_bind(UID_A)
        self.assertEqual(self.resolve(UID_A), first)
        self.assertEqual(self.resolve(UID_A[:8] + "99AA80"), second)

    def test_bind_refuses_what_is_taken(self):
        card, other = self.make_card(uid=UID_A), self.make_card(tag=UID_B[:8])
        with self.assertRaisesRegex(UserError, f"is card {card.number} already"):
            other._bind(UID_A)
        with self.assertRaisesRegex(UserError, "another chip already"):
            card._bind(UID_B)
        with self.assertRaisesRegex(UserError, "not the one of card"):
            other._bind("049999993344AA")

    def test_bind_again_changes_nothing(self):
        card = self.make_card(uid=UID_A)
        card._bind(UID_A)
        self.assertEqual(self.resolve(UID_A), card)

    def test_void_card_leaves_its_tag_to_others(self):
        void, live = self.make_card(tag=UID_A[:8]), self.make_card(tag=UID_A[:8])
        void._void()
        self.assertEqual(self.resolve(UID_A), live)

    def test_rotation_rehashes_at_the_next_tap(self):
        card, tagged = self.make_card(uid=UID_A), self.make_card(tag=UID_B[:8])
        old, before = keyring.current_key_id(), card.sudo().uid_hash
        new = keyring.rotate()
        self.assertEqual(card.sudo().key_id, old)
        self.assertEqual(self.resolve(UID_A), card)
        self.assertEqual(card.sudo().key_id, new)
        self.assertNotEqual(card.sudo().uid_hash, before)
        self.assertEqual(self.resolve(UID_A), card)
        self.assertEqual(self.resolve(UID_B), tagged, "a tag under the old key still binds")
        self.assertEqual(tagged.sudo().key_id, new)

    def test_the_chip_stands_nowhere_in_clear(self):
        """Every text column of every table, and the log of the taps that wrote them."""
        self.make_card(uid=UID_A)
        self.make_card(tag=UID_B[:8])
        with self.assertLogs(level="DEBUG") as log:
            self.resolve(UID_A)
            self.resolve(UID_B)
            with self.assertRaises(UserError):
                self.make_card()._bind(UID_A)
            self.env.flush_all()
            self.env["ir.logging"].search([])
            self.env.registry.clear_cache()
        for secret in (UID_A, UID_B, UID_B[:8]):
            for line in log.output:
                self.assertNotIn(secret, line.upper())
            self.assertFalse(self._columns_holding(secret))

    def _columns_holding(self, secret):
        self.env.cr.execute("""
            SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
             USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
             AND data_type IN ('character varying', 'text', 'jsonb', 'bytea')
             AND (table_name LIKE 'tibillet%%' OR table_name IN
                 ('mail_message', 'mail_tracking_value', 'ir_logging', 'ir_attachment', 'ir_config_parameter', 'mail_mail'))
        """)
        columns = self.env.cr.fetchall()
        self.assertGreater(len(columns), 50)
        found = []
        for table, column in columns:
            self.env.cr.execute(
                f'SELECT 1 FROM "{table}" WHERE upper("{column}"::text) LIKE %s LIMIT 1', [f"%{secret}%"]
            )
            if self.env.cr.fetchone():
                found.append((table, column))
        return found
