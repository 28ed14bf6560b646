from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import SettlementCase


@tagged("post_install", "-at_install")
class TestCap(SettlementCase):
    """The bar's money is shared with the hall, which lets the bar owe it 10.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        federation = cls.env["tibillet.federation"].create({"name": "Town"})
        member = {"federation_id": federation.id, "place_id": cls.hall_place.id, "state": "accepted"}
        cls.env["tibillet.federation.member"].sudo().create(member)
        share = {"federation_id": federation.id, "asset_id": cls.bar_euro.id}
        cls.env["tibillet.federation.share"].sudo().create(share)
        cls.accountant = cls._account_user("hall_cap", cls.hall, "tibillet_base.group_accountant")
        cls.accountant.lang = "en_US"

    def setUp(self):
        super().setUp()
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 799)
        self.pair = self._pair(self.hall, self.bar)
        self.pair.cap = 10.0

    def _count(self, cents=0):
        """Spend, then let the hour's job count."""
        if cents:
            self._act("spend", self.hall_place, self.bar_euro, cents)
        self.pair.invalidate_recordset()
        self.pair._cron_watch()
        return self.pair

    def _taken(self, place=None):
        return self.bar_euro in (place or self.hall_place)._accepted_assets()

    def _told(self, user=None):
        partners = (user or self.accountant).partner_id.ids
        return " ".join(self.env["mail.message"].search([("partner_ids", "in", partners)]).mapped("body"))

    def test_told_once_at_eighty_percent(self):
        self.assertEqual((self._count().cap_state, len(self.pair.activity_ids)), ("below", 0))
        self._count(1)
        self._count()
        self.assertEqual((self.pair.cap_state, self.pair.activity_ids.user_id), ("near", self.accountant))
        self.assertEqual(len(self.pair.activity_ids), 1)
        self.assertIn("8.00", self._told())

    def test_above_it_money_is_taken_unless_one_chose_otherwise(self):
        self._count(500)
        self.assertEqual((self.pair.cap_state, self.pair.refused), ("over", False))
        self.assertTrue(self._taken())

    def test_refused_above_the_cap_and_only_there(self):
        self.pair.at_cap = "refuse"
        self._count(201)
        self.assertFalse(self.pair.refused, "at the cap it is taken still")
        self._count(1)
        self.assertEqual((self.pair.cap_state, self.pair.refused), ("over", True))
        self.assertFalse(self._taken())
        self.assertTrue(self._taken(self.bar_place), "its own tills take it")
        self.assertIn(self.hall_euro, self.hall_place._accepted_assets())
        self.assertIn("no more", self._told())

    def test_gift_credit_counts_in_the_debt_so_it_is_refused_too(self):
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Bar gift",
                "code": "CAPGIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.bar_euro.currency_id.id,
            }
        )
        federation = self.hall_place.federation_ids[:1]
        share = {"federation_id": federation.id, "asset_id": gift.id}
        self.env["tibillet.federation.share"].sudo().create(share)
        self.assertIn(gift, self.hall_place._accepted_assets())
        self.pair.at_cap = "refuse"
        self._count(400)
        self.assertNotIn(gift, self.hall_place._accepted_assets())
        self.assertIn(gift, self.bar_place._accepted_assets())

    def test_taken_again_once_paid_or_the_cap_raised(self):
        self.pair.at_cap = "refuse"
        self._count(400)
        self.assertFalse(self._taken())
        self._pay(self.bar, self.hall, 4.0)
        self.assertTrue(self._taken(), "paid, from that moment")
        self._count(400)
        self.assertFalse(self._taken())
        self.pair.invalidate_recordset()
        self.pair.with_user(self.accountant).cap = 50.0
        self.assertTrue(self._taken(), "raised, from that moment")
        self._count(4)
        self.pair.cap = 1.0
        self.assertFalse(self._taken(), "lowered below what is owed")
        self.pair.with_user(self.accountant).at_cap = "tell"
        self.assertTrue(self._taken())

    def test_a_cancelled_transfer_counts_at_once(self):
        self.pair.at_cap = "refuse"
        self._count(400)
        transfer = self._pay(self.bar, self.hall, 11.99)
        self.assertTrue(self._taken())
        transfer.action_cancel()
        self.assertFalse(self._taken())

    def test_each_accountant_reads_their_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        other = self._account_user("hall_cap_fr", self.hall, "tibillet_base.group_accountant")
        other.lang = "fr_FR"
        self._count(1)
        self.assertIn("Ask for a transfer", self._told())
        self.assertIn("Demandez un virement", self._told(other))
        self.assertEqual(len(self.pair.activity_ids), 1)

    def test_a_cap_is_the_venues_own(self):
        stranger = self._account_user("bar_cap", self.bar, "tibillet_base.group_accountant")
        for values in ({"cap": 5000.0}, {"at_cap": "refuse"}):
            with self.assertRaises(AccessError):
                self.pair.with_user(stranger).write(values)
        with self.assertRaises(AccessError):
            self.pair.with_user(self.accountant).refused = True


@tagged("post_install", "-at_install")
class TestSettlementTours(SettlementCase, HttpCase):
    """An accountant caps and pays from the screens; the network manager settles all venues in one act."""

    def setUp(self):
        super().setUp()
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._pair(self.bar, self.hall)

    def test_an_accountant_pays_and_prints(self):
        self._account_user("bar_settle", self.bar, "tibillet_base.group_accountant")
        self.start_tour("/odoo/tibillet", "tibillet_settlement.pay", login="bar_settle")
        self.assertEqual(self._pair(self.bar, self.hall).balance, 0.0)

    def test_an_accountant_caps(self):
        self._account_user("hall_settle", self.hall, "tibillet_base.group_accountant")
        self.start_tour("/odoo/tibillet", "tibillet_settlement.cap", login="hall_settle")
        pair = self._pair(self.hall, self.bar)
        self.assertEqual((pair.cap, pair.at_cap, pair.refused), (10.0, "refuse", True))

    def test_the_network_is_settled(self):
        user = self._account_user("net_settle", self.bar, "tibillet_base.group_network_manager")
        user.company_ids |= self.companies
        self.start_tour("/odoo/tibillet", "tibillet_settlement.network", login="net_settle")
        act = self.env["tibillet.settlement.round"].search([("reference", "=", "All even")])
        self.assertEqual((act.state, act.date), ("recorded", fields.Date.today()))
        self.assertEqual(self._pair(self.bar, self.hall).balance, 0.0)
