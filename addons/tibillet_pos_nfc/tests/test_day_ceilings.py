from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.tibillet_base import ledger

from .common import TillCase


@tagged("post_install", "-at_install")
class TestDayCeilings(TillCase):
    """What a card may spend at a place, and what a holder may top up, in a day."""

    def _top_up(self, card, amount):
        return self._order([self._top_up_line(card, amount)], [self._payment(self.till, "cash", amount)])

    def test_spending(self):
        self.bar_place.spend_day_ceiling = 10.0
        card = self._card(5000, gift=500)
        self._pay_by_card(card, 700)
        with self.assertUnchanged():
            answer = self._authorise(card, 301)
        self.assertEqual((answer["status"], answer["code"]), ("refused", "day_ceiling"))
        self.assertIn("may still pay", answer["message"])
        self.assertIn("3.00", answer["message"])
        self.assertEqual(self._authorise(card, 300)["status"], "held")
        self.assertEqual(self._authorise(self._card(5000), 1000)["status"], "held")

    def test_what_was_given_back_does_not_count(self):
        self.bar_place.spend_day_ceiling = 10.0
        card = self._card(5000)
        held = self._authorise(card, 1000)
        self.env["tibillet.till"].with_user(self.cashier)._release(self.pos_session.id, held["hold"])
        self.assertEqual(self._authorise(card, 1000)["status"], "held")

    def test_the_same_tap_again_answers_the_same(self):
        self.bar_place.spend_day_ceiling = 10.0
        card, line, order = self._card(5000), "a" * 8, "b" * 8
        first = self._authorise(card, 1000, order, line)
        self.assertEqual(self._authorise(card, 1000, order, line)["hold"], first["hold"])

    def test_another_till_at_the_same_time(self):
        """The other till's hold is committed after this one's funds were checked, before its day is counted."""
        self.bar_place.spend_day_ceiling = 10.0
        card = self._card(5000)
        hold = ledger.hold

        def hold_and_be_overtaken(cr, key, *args):
            hold(cr, f"{key}:other", *args)
            return hold(cr, key, *args)

        with patch("odoo.addons.tibillet_base.ledger.hold", hold_and_be_overtaken), self.assertUnchanged():
            self.assertEqual(self._authorise(card, 600)["code"], "day_ceiling")

    def test_yesterday_does_not_count(self):
        self.bar_place.spend_day_ceiling = 10.0
        card = self._card(5000)
        self._pay_by_card(card, 1000)
        tomorrow = self.env.cr.now().replace(year=2999)
        with patch.object(type(self.bar_place), "_day_start", lambda place: tomorrow):
            self.assertEqual(self._authorise(card, 1000)["status"], "held")

    @freeze_time("2026-07-14 22:30:00")
    def test_the_day_is_the_venue_s_not_the_cashier_s(self):
        self.bar.partner_id.tz = "Europe/Paris"
        for zone in (False, "America/New_York", "Pacific/Auckland"):
            self.cashier.tz = zone
            place = self.bar_place.with_user(self.cashier).with_context(tz=zone)
            self.assertEqual(place._day_start(), datetime(2026, 7, 14, 22))

    def test_top_ups(self):
        card = self._card()
        self.bar_euro.top_up_day_ceiling = 50.0
        self._sync(self._top_up(card, 30.0))
        with self.assertRefusal("can be topped up by .*20.00.* more today"):
            self._sync(self._top_up(card, 20.01))
        self._sync(self._top_up(card, 20.0))
        self.assertEqual(self._held(card), (5000, 0))

    def test_two_lines_of_one_order(self):
        card = self._card()
        self.bar_euro.top_up_day_ceiling = 50.0
        lines = [self._top_up_line(card, 30.0), self._top_up_line(card, 30.0)]
        with self.assertRefusal("can be topped up by .*50.00.* more today"):
            self._sync(self._order(lines, [self._payment(self.till, "cash", 60.0)]))
