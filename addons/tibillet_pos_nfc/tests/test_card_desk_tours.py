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
}
STRANGER = {"uid": "04AAAAAAAAAA07", "number": "STRANGER", "state": "active", "holder": ""}


class DeskTourCase(DeskCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier.lang = "en_US"
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
        cls.env["res.partner"].create({"name": "Desk Dora", "email": "dora@example.org"})
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

    def _tour(self, name):
        self.start_tour(f"/pos/ui/{self.till.id}", name, login="till_cashier")
        self.pos_session.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestCardDeskTours(DeskTourCase):
    """The acts of the desk on a tablet, each in three touches at most."""

    browser_size = "1280x800"

    def test_money(self):
        self._tour("tibillet_desk_money")
        self.assertEqual(self._held(self.cards["NEWCARD1"]), (2000, 0))
        self.assertEqual(self._held(self.cards["GIFTED01"]), (0, 0))
        self.assertEqual(self._held(self.cards["GIFTED01"], self.bar_gift), (200, 0))
        self.assertEqual(self._held(self.cards["RICH0001"]), (4000, 0))
        self.assertEqual(sorted(self.pos_session.order_ids.mapped("amount_total")), [-10.0, -10.0, 20.0])

    def test_card(self):
        self._tour("tibillet_desk_card")
        new = self.cards["NEWCARD1"]
        self.assertEqual((new.partner_id.name, self.cards["RICH0001"].state), ("Desk Dora", "lost"))
        self.assertEqual(self._held(new), (5000, 0))
        given = self.pos_session.env["tibillet.till.act"].search([("kind", "in", ("gift", "time"))]).sorted("id")
        self.assertEqual(given.mapped("reason"), ["Artist", "Shift"])
        self.assertEqual(given.approver_id, self.manager)

    def test_states(self):
        self._tour("tibillet_desk_states")
        self.assertEqual(self.cards["POOR0001"].state, "active")


@tagged("post_install", "-at_install")
class TestCardDeskPhoneTours(DeskTourCase):
    """The same acts on a phone."""

    browser_size = "390x844"

    def test_money(self):
        self._tour("tibillet_desk_money")
        self.assertEqual(self._held(self.cards["RICH0001"]), (4000, 0))
