from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .. import keyring
from .common import NetworkCase


class TestPlace(NetworkCase):
    def test_a_place_has_its_wallet_key_and_short_name(self):
        self.assertEqual(self.bar.wallet_id.place_id, self.bar)
        self.assertEqual(self.bar.public_key, keyring.public_key(self.bar.uuid))
        self.assertEqual(self.bar.slug, "test-bar")
        self.assertEqual(self.bar.company_id.tibillet_place_id, self.bar)

    def test_a_place_of_another_server_has_no_key_of_ours(self):
        self.assertFalse(self.env["tibillet.place"].create({"name": "Far away"}).public_key)

    @mute_logger("odoo.sql_db")
    def test_one_active_place_a_company(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["tibillet.place"].create({"name": "Twin", "company_id": self.bar.company_id.id})
        self.bar.active = False
        self.env.flush_all()
        self.assertTrue(self.env["tibillet.place"].create({"name": "Heir", "company_id": self.bar.company_id.id}))

    @mute_logger("odoo.sql_db")
    def test_short_names(self):
        for slug in ("test-bar", "Test", "a b", "-a", "a--b", "é"):
            with self.subTest(slug=slug), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["tibillet.place"].create({"name": "Other", "slug": slug})

    def test_short_name_keeps_clear_of_accents(self):
        place = self.env["tibillet.place"].create({"name": "L'Été à la Grange & Cie"})
        self.assertRegex(place.slug, "^[a-z0-9]+(-[a-z0-9]+)*$")

    def test_a_place_stays_with_its_company(self):
        with self.assertRaises(AccessError):
            self.bar.with_user(self.manager).company_id = False
        self.bar.with_user(self.network).company_id = False
        self.assertFalse(self.bar.company_id)
