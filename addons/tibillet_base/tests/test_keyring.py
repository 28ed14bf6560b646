import json
import stat

from odoo.tests import TransactionCase, tagged

from .. import keyring
from .common import own_keyring


@tagged("post_install", "-at_install")
class TestKeyring(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, "lang": "en_US"})
        self.path = self.enterContext(own_keyring(self.env))
        self.env["ir.config_parameter"].set_param("database.is_neutralized", False)

    def test_file_is_its_owners_alone(self):
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual(set(json.loads(self.path.read_text())), {"database_uuid", "hmac", "ed25519"})

    def test_create_never_overwrites(self):
        before = self.path.read_text()
        keyring.create("another database")
        self.assertEqual(self.path.read_text(), before)

    def test_purposes_do_not_mix(self):
        self.assertNotEqual(keyring.digest("uid", "04A1B2C3"), keyring.digest("tag", "04A1B2C3"))

    def test_rotation_keeps_the_old_key(self):
        old = keyring.current_key_id()
        before = keyring.digest("uid", "04A1B2C3")
        new = keyring.rotate()
        self.assertEqual(keyring.key_ids(), [new, old])
        self.assertNotEqual(keyring.digest("uid", "04A1B2C3"), before)
        self.assertEqual(keyring.digests("uid", "04A1B2C3")[before], old)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)

    def test_each_place_signs_with_its_own_key(self):
        self.assertNotEqual(keyring.public_key("place one"), keyring.public_key("place two"))
        self.assertEqual(len(keyring.sign(self.env, "place one", b"message")), 128)

    def test_copy_does_not_sign(self):
        self.assertTrue(keyring.is_original(self.env))
        self.env["ir.config_parameter"].set_param("database.uuid", "the uuid of a copy")
        self.assertFalse(keyring.is_original(self.env))
        with self.assertRaisesRegex(keyring.KeyringError, "copy"):
            keyring.sign(self.env, "place one", b"message")

    def test_neutralised_database_does_not_sign(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "true")
        with self.assertRaisesRegex(keyring.KeyringError, "copy"):
            keyring.sign(self.env, "place one", b"message")

    def test_claim_makes_the_copy_the_original(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "the uuid of a copy")
        keyring.claim("the uuid of a copy")
        self.assertTrue(keyring.is_original(self.env))

    def test_server_refuses_to_start_without_the_file(self):
        self.path.unlink()
        with self.assertRaisesRegex(keyring.KeyringError, "missing.*backup"):
            self.env["tibillet.place"]._register_hook()

    def test_server_refuses_a_damaged_file(self):
        for text in (
            "",
            "[]",
            '{"database_uuid": "x"}',
            '{"database_uuid": "x", "hmac": {"current": "a", "keys": {}}}',
        ):
            self.path.write_text(text)
            with self.subTest(text=text), self.assertRaisesRegex(keyring.KeyringError, "damaged"):
                self.env["tibillet.place"]._register_hook()

    def test_server_refuses_the_keyring_of_another_database(self):
        place = self.env["tibillet.place"].create({"name": "Test keyring"})
        batch = self.env["tibillet.card.batch"].create({"name": "Test keyring", "place_id": place.id})
        batch._add_cards([{"number": "TKEYRING", "qr_uuid": "q", "uid": "04A1B2C3D4E5F6"}])
        self.env.flush_all()
        self.env["tibillet.place"].browse().env.cr.execute(
            "UPDATE tibillet_card SET key_id = 'lostkey1' WHERE number = 'TKEYRING'"
        )
        with self.assertRaisesRegex(keyring.KeyringError, "lostkey1"):
            self.env["tibillet.place"]._register_hook()
