from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import UID_A, NetworkCase


@tagged("post_install", "-at_install")
class TestTours(NetworkCase, HttpCase):
    """What people do in the browser, told in static/tests/tours."""

    def tour(self, name, user, url="/odoo/tibillet"):
        self.start_tour(url, f"tibillet_base.{name}", login=user.login)

    def test_dashboard_to_federation(self):
        federation = self.env["tibillet.federation"].with_user(self.barn_manager).create({"name": "Neighbours"})
        federation._invite(self.bar)
        self.top_up(self.make_card(), self.euro, 2000)
        self.tour("dashboard_to_federation", self.manager)
        self.assertIn(self.bar, federation._members().place_id)

    def test_invite_a_place(self):
        self.tour("invite_a_place", self.manager)
        federation = self.env["tibillet.federation"].search([("name", "=", "Tour federation")])
        self.assertEqual(
            {member.place_id: member.state for member in federation.member_ids},
            {self.bar: "accepted", self.barn: "invited"},
        )
        self.assertEqual(federation.share_ids.asset_id, self.euro)

    def test_open_a_venue(self):
        self.tour("open_a_venue", self.network)
        place = self.env["tibillet.place"].search([("slug", "=", "tour-cellar")])
        self.assertEqual(place.card_count, 3)
        self.assertTrue(self.env["res.users"].search([("login", "=", "maud@cellar.example")]))

    def test_import_cards(self):
        self.tour("import_cards", self.manager)
        self.assertEqual(self.env["tibillet.card"].search_count([("number", "=like", "TOUR%")]), 2)

    def test_enrol_and_find(self):
        self.batch.name = "Tour batch"
        card = self.batch._generate(1)
        with mute_logger("odoo.http"):
            self.tour("enrol_and_find", self.manager)
        self.assertEqual(self.env["tibillet.card"]._resolve(UID_A), card)
        self.assertEqual(card.state, "active")
