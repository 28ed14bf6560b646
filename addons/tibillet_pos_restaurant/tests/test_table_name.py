from odoo.exceptions import AccessError

from .common import RestaurantCase


class TestTableName(RestaurantCase):
    """A table named by tapping a card."""

    def _name(self, card):
        return self.env["tibillet.till"].with_user(self.cashier)._table_name(self.pos_session.id, self._tap(card))

    def test_first_name(self):
        person = self.env["res.partner"].create({"name": "Amina Diallo"})
        self.assertEqual(self._name(self._card(partner=person)), {"status": "ok", "name": "Amina"})

    def test_printed_number(self):
        card = self._card()
        self.assertEqual(self._name(card), {"status": "ok", "name": card.number})

    def test_a_blocked_card_names_nothing(self):
        self.assertEqual(self._name(self._card(state="blocked"))["status"], "refused")

    def test_who_must_not(self):
        clerk = self._account_user("table_clerk", self.bar, "base.group_user")
        card = self._card()
        try:
            answer = self.env["tibillet.till"].with_user(clerk)._table_name(self.pos_session.id, self._tap(card))
        except AccessError:
            return
        self.assertEqual(answer["status"], "refused")
