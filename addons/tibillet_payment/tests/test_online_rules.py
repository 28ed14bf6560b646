from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import OnlineCase


class TestOnlineRules(OnlineCase):
    """What is refused before anything is paid."""

    def offered(self):
        """Of these two venues: the database may have others."""
        return self.env["tibillet.asset"]._online(self.ann) & (self.bar_euro | self.hall_euro)

    def test_bounds_whole_cents_and_ceiling(self):
        self.bar_euro.ceiling = 6000
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        for amount, words in ((4.99, "from"), (200.01, "from"), (10.005, "cents"), (0.0, "from"), (40.01, "40.00")):
            with self.subTest(amount=amount):
                self.assertIn(words, self.bar_euro._online_refusal(self.ann_wallet, amount))
        for amount in (5.0, 40.0, 12.34):
            self.assertFalse(self.bar_euro._online_refusal(self.ann_wallet, amount))

    def test_only_what_its_issuer_says(self):
        self.assertIn("not topped up online", self.hall_euro._online_refusal(self.ann_wallet, 20.0))
        self.assertEqual(self.offered(), self.bar_euro)

    def test_a_venue_without_provider_is_not_offered(self):
        self.hall_euro.online_topup = True
        self.assertEqual(self.offered(), self.bar_euro)
        self.provider.state = "disabled"
        self.assertFalse(self.offered())

    def test_the_issuer_alone_is_paid(self):
        with self.assertRaisesRegex(ValidationError, "to its issuer only"):
            self.start(20.0, asset=self.hall_euro)
        with self.assertRaisesRegex(ValidationError, "own currency"):
            self.start(20.0, currency_id=self.currency_usd.id)

    @mute_logger("odoo.sql_db")
    def test_gifts_and_empty_bounds_are_refused(self):
        for values in ({"kind": "gift"}, {"online_min": 0}, {"online_max": 4}):
            with self.subTest(values=values), self.assertRaises(CheckViolation), self.cr.savepoint():
                self.bar_euro.copy({"name": "Other", "code": "OTHER", "online_topup": True, **values})
                self.env.flush_all()

    def test_suggested_amounts_keep_to_the_bounds(self):
        self.assertEqual(self.bar_euro._online_suggested(), [10, 20, 50, 100])
        self.bar_euro.write({"online_min": 30, "online_max": 45})
        self.assertEqual(self.bar_euro._online_suggested(), [30])

    def test_nobody_pays_with_the_card_of_their_household(self):
        (self.ann | self.bob).parent_id = self.env["res.partner"].create({"name": "Household"})
        token = self._create_token(partner_id=self.bob.id)
        self.assertEqual(self.bar_euro._online_tokens(self.provider, self.bob), token)
        self.assertFalse(self.bar_euro._online_tokens(self.provider, self.ann))
