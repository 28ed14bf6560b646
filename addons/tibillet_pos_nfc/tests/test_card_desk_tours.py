from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .test_card_desk import DeskCase

# The simulator's cards: chip, euros and gift in cents, state.
CARDS = {
    "RICH0001": ("04AAAAAAAAAA01", 5000, 0, "active"),
    "POOR0001": ("04AAAAAAAAAA02", 400, 0, "active"),
    "NEWCARD1": ("04AAAAAAAAAA03", 0, 0, "blank"),
    "GIFTED01": ("04AAAAAAAAAA04", 1000, 200, "active"),
    "MANAGER1": ("04AAAAAAAAAA05", 0, 0, "active"),
    "OWNCARD1": ("04AAAAAAAAAA06", 800, 0, "active"),
    "WITNESS1": ("04AAAAAAAAAA08", 700, 0, "active"),
}
STRANGER = {"uid": "04AAAAAAAAAA07", "number": "STRANGER", "state": "active", "holder": ""}


class DeskTourCase(DeskCase, HttpCase):
    lang = "en_US"
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.lang)
        cls.cashier.lang = cls.lang
        cls.env["tibillet.top.up.bonus"].create(
            {"place_id": cls.bar_place.id, "asset_id": cls.bar_euro.id, "gift_asset_id": cls.bar_gift.id}
        )
        cls.cards = {number: cls._demo_card(number, *card) for number, card in CARDS.items()}
        cls.cards["OWNCARD1"]._link(cls.cashier.partner_id)
        cls.env["tibillet.cashier.card"].create(
            {
                "card_id": cls.cards["MANAGER1"].id,
                "user_id": cls.manager.id,
                "company_id": cls.bar.id,
                "config_ids": cls.till.ids,
                "manager": True,
            }
        )
        people = cls.env["res.partner"].create(
            [{"name": f"Desk {name}", "email": f"{name.lower()}@example.org"} for name in ("Dora", "Wanda")]
        )
        cls.cards["WITNESS1"]._link(people[1])
        demo = [
            {"uid": uid, "number": number, "state": state, "holder": ""}
            for number, (uid, _euro, _gift, state) in CARDS.items()
        ]
        cls.classPatch(cls.registry["pos.config"], "_tibillet_demo_cards", lambda self: [*demo, STRANGER])
        cls.startClassPatcher(patch("odoo.addons.tibillet_pos_nfc.models.till.is_demo", lambda env: True))

    @classmethod
    def _demo_card(cls, number, uid, euro, gift, state):
        card = cls.batch._add_cards([{"number": number, "uid": uid, "qr_uuid": f"qr-{number}"}])
        if state == "active":
            card._activate()
        for asset, amount in ((cls.bar_euro, euro), (cls.bar_gift, gift)):
            if amount:
                cls._credit(card, asset, amount)
        return card

    def _tour(self, name, *kinds):
        """Run a tour, at the end of which the till has logged these acts and no other beside refusals."""
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.pos_session.invalidate_recordset()
        acts = self.env["tibillet.till.act"].search([("session_id", "=", self.pos_session.id)], order="id")
        self.assertEqual([kind for kind in acts.mapped("kind") if kind not in ("refused", "wrong_pin")], list(kinds))
        return acts


class DeskTours:
    """The acts of the desk, each in three touches at most (the tours count them)."""

    def test_money(self):
        self._tour("tibillet_desk_money", "top_up", "pay_back", "cash_back")
        self.assertEqual(self._held(self.cards["NEWCARD1"]), (5000, 0))
        self.assertEqual(self._held(self.cards["NEWCARD1"], self.bar_gift), (250, 0))
        self.assertEqual(self._held(self.cards["GIFTED01"]), (0, 0))
        self.assertEqual(self._held(self.cards["GIFTED01"], self.bar_gift), (200, 0))
        self.assertEqual(self._held(self.cards["RICH0001"]), (4000, 0))
        self.assertEqual(sorted(self.pos_session.order_ids.mapped("amount_total")), [-10.0, -10.0, 50.0])

    def test_card(self):
        acts = self._tour("tibillet_desk_card", "gift", "time", "link", "replace")
        new = self.cards["NEWCARD1"]
        self.assertEqual((new.partner_id.name, self.cards["RICH0001"].state), ("Desk Dora", "lost"))
        self.assertEqual(self._held(new), (5000, 0))
        given = acts.filtered(lambda act: act.kind in ("gift", "time"))
        self.assertTrue(all(given.mapped("reason")))
        self.assertEqual(given.approver_id, self.manager)

    def test_people(self):
        self._tour("tibillet_desk_people", "link", "link")
        self.assertEqual(self.cards["POOR0001"].partner_id, self.cards["WITNESS1"].partner_id)
        self.assertEqual(self._held(self.cards["WITNESS1"]), (1100, 0))
        self.assertEqual(self.cards["RICH0001"].partner_id.email, "nora@example.org")

    def test_states(self):
        self._tour("tibillet_desk_states", "block", "unblock", "void")
        self.assertEqual((self.cards["POOR0001"].state, self.cards["NEWCARD1"].state), ("active", "void"))


@tagged("post_install", "-at_install")
class TestCardDeskTours(DeskTours, DeskTourCase):
    """On a tablet that stands, in English."""

    browser_size = "1280x800"


@tagged("post_install", "-at_install")
class TestCardDeskPhoneTours(DeskTours, DeskTourCase):
    """On a phone, in French."""

    browser_size = "390x844"
    lang = "fr_FR"


@tagged("post_install", "-at_install")
class TestCardDeskTabletTours(DeskTours, DeskTourCase):
    """On a tablet held upright, in French."""

    browser_size = "820x1180"
    lang = "fr_FR"
