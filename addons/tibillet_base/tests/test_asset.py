from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import NetworkCase


class TestAsset(NetworkCase):
    def test_amounts_as_people_read_them(self):
        points = self.make_asset(self.bar, "Points", "TPTS", kind="loyalty", currency_id=False, symbol="pts")
        for lang in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(lang)
        for asset, amount, english, french in (
            (self.euro, 1250, "€\xa012.50", "12,50\xa0€"),
            (self.euro, -5, "€\xa0-0.05", "-0,05\xa0€"),
            (self.euro, 123456789, "€\xa01,234,567.89", "1\u202f234\u202f567,89\xa0€"),
            (self.hours, 210, "3 h 30", "3 h 30"),
            (self.hours, -65, "-1 h 05", "-1 h 05"),
            (self.hours, 0, "0 h 00", "0 h 00"),
            (points, 12, "12 pts", "12 pts"),
            (points, 1200, "1,200 pts", "1\u202f200 pts"),
        ):
            with self.subTest(asset=asset.name, amount=amount):
                self.assertEqual(self._plain(asset.with_context(lang="en_US").format(amount)), self._plain(english))
                self.assertEqual(self._plain(asset.with_context(lang="fr_FR").format(amount)), self._plain(french))

    def _plain(self, text):
        """Without what only typography sees, and the symbol's side, which the currency decides."""
        text = text.replace("\xa0", " ").replace("\u202f", " ").replace("\ufeff", "")
        return sorted(text.split(" "))

    def test_smallest_unit_follows_the_kind(self):
        self.assertEqual(self.euro.decimal_places, 2)
        self.assertEqual(self.hours.decimal_places, 0)

    def test_unit_is_fixed_once_used(self):
        self.euro.write({"kind": "gift"})
        self.euro.write({"kind": "money"})
        self.top_up(self.make_card(), self.euro, 100)
        for vals in ({"kind": "gift"}, {"decimal_places": 3}, {"currency_id": self.env.ref("base.USD").id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "can no longer change"):
                self.euro.write(vals)
        self.euro.write({"name": "Renamed", "ceiling_amount": 250})
        self.assertEqual(self.euro.ceiling, 25000)

    def test_never_deleted(self):
        with self.assertRaisesRegex(UserError, "archive it"):
            self.gift.unlink()
        with self.assertRaisesRegex(UserError, "archive it"):
            self.bar.unlink()

    @mute_logger("odoo.sql_db")
    def test_rules_of_the_database(self):
        for vals in (
            {"currency_id": False},
            {"ceiling": -1},
            {"expiry_months": -1},
            {"decimal_places": 7},
            {"decimal_places": -1},
        ):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.gift.write(vals)
                self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_name_and_code_are_taken_once_among_the_active(self):
        for name, code in (("Test gift", "OTHER"), ("Other", "TGIFT")):
            with self.subTest(name=name), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.make_asset(self.bar, name, code, kind="gift")
                self.env.flush_all()
        self.gift.active = False
        self.env.flush_all()
        self.assertTrue(self.make_asset(self.bar, "Test gift", "TGIFT", kind="gift"))
