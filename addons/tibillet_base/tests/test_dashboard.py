from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .. import ledger
from .common import NetworkCase


class TestDashboard(NetworkCase):
    def dashboard(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["tibillet.dashboard"].with_user(user or self.manager).read_dashboard()

    def tile(self, data, key):
        return next(tile["value"] for tile in data["tonight"] if tile["key"] == key)

    def needs(self, user=None):
        return {need["key"]: need for need in self.dashboard(user)["needs"]}

    def spend(self, card, asset, amount, place):
        self.env["tibillet.ledger.transaction"]._post(
            [
                ledger.Entry(
                    f"test:spend:{card.id}:{amount}",
                    "spend",
                    place.id,
                    (
                        ledger.Line(card._wallet().id, asset.id, -amount),
                        ledger.Line(place.wallet_id.id, asset.id, amount),
                    ),
                )
            ]
        )

    def test_tonight(self):
        card = self.make_card()
        self.top_up(card, self.euro, 2000)
        self.top_up(card, self.hours, 60)
        self.spend(card, self.euro, 750, self.bar)
        data = self.dashboard()
        self.assertIn("7.50", self.tile(data, "spent"))
        self.assertIn("20.00", self.tile(data, "top_up"))
        self.assertEqual((self.tile(data, "taps"), self.tile(data, "people")), ("1", "1"))
        self.assertEqual(data["days"][-1]["top_up"]["height"], 100)
        self.assertEqual([day["spend"]["height"] for day in data["days"][:-1]], [0] * 13)

    def test_another_venues_evening_is_not_shown(self):
        card = self.make_card()
        self.top_up(card, self.euro, 2000)
        self.spend(card, self.euro, 300, self.barn)
        self.assertEqual(self.tile(self.dashboard(), "taps"), "0")
        barn = self.dashboard(self.barn_manager)
        self.assertEqual((self.tile(barn, "taps"), barn["title"]), ("1", "Test Barn"))
        self.assertEqual([asset["name"] for asset in barn["money"]], ["Test grain"])

    def test_an_empty_evening(self):
        data = self.dashboard()
        self.assertEqual(self.tile(data, "taps"), "0")
        self.assertIn("0.00", self.tile(data, "spent"))

    def test_money_in_circulation(self):
        self.top_up(self.make_card(), self.euro, 2000)
        self.top_up(self.make_card(self.barn_batch), self.euro, 550)
        self.top_up(self.make_card(), self.hours, 90)
        money = {asset["name"]: asset for asset in self.dashboard()["money"]}
        self.assertIn("25.50", money["Test euro"]["total"])
        self.assertEqual((money["Test euro"]["holders"], money["Test hours"]["total"]), (2, "1 h 30"))

    def test_cards_by_state(self):
        self.make_card()
        self.make_card()._declare_lost()
        self.batch._generate(2)
        counts = {card["state"]: card["count"] for card in self.dashboard()["cards"]}
        self.assertEqual(counts, {"blank": 2, "active": 1, "lost": 1, "blocked": 0, "void": 0})

    def test_what_needs_me(self):
        self.env["tibillet.federation"].with_user(self.barn_manager).create({"name": "Neighbours"})._invite(self.bar)
        self.make_card(uid="04A1B2C3D4E5F6")._declare_lost()
        self.batch._generate(2)
        needs = self.needs()
        self.assertEqual(set(needs), {"invited", "lost", "bare"})
        for need in needs.values():
            action = need["action"]
            self.assertTrue(
                self.env[action["res_model"]]
                .with_user(self.manager)
                .search(action.get("domain", [("id", "=", action.get("res_id"))]))
            )

    def test_old_holds(self):
        wallet = self.top_up(self.make_card(uid="04A1B2C3D4E5F6"), self.euro, 2000)
        with ledger.own_cursor(self.env) as cr:
            ledger.hold(cr, "test:old", wallet.id, 100, [self.euro.id], self.bar.id, "test")
        self.assertNotIn("holds", self.needs())
        self.env["ir.config_parameter"].set_param("tibillet_base.hold_hours", "-1")
        self.assertIn("holds", self.needs())
        self.assertNotIn("holds", self.needs(self.barn_manager))

    def test_a_copy_is_told(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a copy")
        self.assertIn("copy", self.needs())

    def test_state_of_the_ledger(self):
        self.assertEqual(
            self.dashboard()["ledger"]["level"],
            "success" if self.env["tibillet.verification"].search([], limit=1).ok else "warning",
        )
        self.env["tibillet.verification"].with_user(self.manager).run_now()
        self.assertEqual(self.dashboard()["ledger"]["level"], "success")

    def test_a_broken_ledger_comes_first(self):
        card = self.make_card()
        wallet = self.top_up(card, self.euro, 2000)
        card._declare_lost()
        self.env.cr.execute("ALTER TABLE tibillet_ledger_balance DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE tibillet_ledger_balance SET amount = amount + 1 WHERE wallet_id = %s", [wallet.id])
        self.env.cr.execute("ALTER TABLE tibillet_ledger_balance ENABLE TRIGGER USER")
        with mute_logger("odoo.addons.tibillet_base.models.verification"):
            self.assertFalse(self.env["tibillet.verification"].with_user(self.manager).run_now()["ok"])
        data = self.dashboard()
        self.assertEqual((data["ledger"]["level"], data["needs"][0]["key"]), ("danger", "broken"))

    def test_first_steps_vanish_once_done(self):
        self.assertEqual(
            {step["key"]: step["done"] for step in self.dashboard()["steps"]},
            {"place": True, "asset": True, "cards": False, "federation": False},
        )
        self.make_card()
        self.env["tibillet.federation"].with_user(self.manager).create({"name": "Neighbours"})
        self.assertEqual(self.dashboard()["steps"], [])

    def test_day_turns_in_the_small_hours(self):
        start = self.env["tibillet.dashboard"]._since()
        self.assertLess(start, start.now())
        self.assertGreater(start, start.now() - timedelta(days=1, minutes=1))

    def test_not_for_cashiers(self):
        with self.assertRaises(AccessError):
            self.dashboard(self.cashier)
        self.assertTrue(self.dashboard(self.accountant))

    def test_day_is_anchored_and_its_root_leaves(self):
        self.env["ir.config_parameter"].set_param("tibillet_base.anchor_email", "keeper@example.org")
        self.top_up(self.make_card(), self.euro, 2000)
        anchor = self.env["tibillet.verification"]._anchor_day()
        mail = self.env["mail.mail"].search([("email_to", "=", "keeper@example.org")])
        self.assertIn(anchor.root, mail.body_html)
        self.assertFalse(self.env["tibillet.verification"]._anchor_day(), "nothing changed since")
