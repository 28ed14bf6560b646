from odoo.tests import tagged

from .common import TillCase


@tagged("post_install", "-at_install")
class TestCardWindow(TillCase):
    """Reading a card shows what it holds and did, whoever issued it, and never its chip."""

    def _read(self, card, tap=None):
        return self.env["tibillet.till"].with_user(self.cashier)._card(self.pos_session.id, tap or self._tap(card))

    def test_balances_and_movements(self):
        card = self._card(1000, gift=200, partner=self.ann)
        self._pay_by_card(card, 750)
        answer = self._read(card)
        self.assertEqual(answer["status"], "ok")
        self.assertEqual(answer["card"], {"number": card.number, "state": "active", "holder": "Ann"})
        self.assertEqual(
            [(t["name"], t["amount"], t["accepted"]) for t in answer["balances"]], [("Bar euro", 450, True)]
        )
        self.assertEqual(
            {(m["label"], m["amount"]) for m in answer["moves"][:2]},
            {("Test bar", -550), ("Test bar · Bar gift", -200)},
        )
        self.assertIn("Top-up · Test bar", [move["label"] for move in answer["moves"]])
        self.assertNotIn(self.uids[card.id], str(answer))

    def test_what_is_held_is_not_shown_as_free(self):
        card = self._card(1000)
        self._authorise(card, 300)
        self.assertEqual(self._read(card)["balances"][0]["amount"], 700)

    def test_money_of_elsewhere_is_shown_apart(self):
        card = self._card(100)
        self._credit(card, self.hall_euro, 500)
        tiles = self._read(card)["balances"]
        self.assertEqual([(t["name"], t["accepted"]) for t in tiles if not t["accepted"]], [("Hall euro", False)])

    def test_new_card_is_welcome(self):
        card = self._card(state="blank")
        with self.assertUnchanged():
            answer = self._read(card)
        self.assertEqual((answer["status"], answer["card"]["state"], answer["moves"]), ("ok", "blank", []))
        self.assertFalse(card.wallet_id)

    def test_cards_out_of_use(self):
        for state in ("lost", "blocked", "void"):
            card = self._card(state=state)
            with self.subTest(state=state), self.assertUnchanged():
                self.assertEqual(self._read(card)["code"], state)
        self.assertEqual(self._read(None, {"uid": "04FFFFFFFFFFFF", "source": "box"})["code"], "unknown")
