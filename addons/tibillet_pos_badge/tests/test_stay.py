from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import BadgeCase


@tagged("post_install", "-at_install")
class TestStay(BadgeCase):
    """Entries paired with exits: hours, and who is in."""

    def test_hours(self):
        self._at(0)
        self._at(130)
        stay = self._stays()
        self.assertEqual((stay.holder, stay.state, stay.since_text), ("Zoé Martin", "done", "2 h 10"))
        self.assertAlmostEqual(stay.hours, 130 / 60)

    def test_a_forgotten_exit_counts_no_hours(self):
        self._at(0)
        self._at(17 * 60)
        self._at(18 * 60)
        self.assertEqual(self._stays().mapped("state"), ["forgotten", "done"])
        self.assertEqual(self._stays().mapped("hours"), [0, 1])
        self.assertFalse(self._stays()[0].since_text)

    def test_a_limit_that_changes_leaves_the_past_as_it_was(self):
        self._at(0)
        self._at(17 * 60)
        self.bar_place.badge_hours = 48
        self.assertEqual(self._stays()[0].state, "forgotten")

    def test_who_is_in(self):
        now = fields.Datetime.now()
        record = self.env["tibillet.badge"]._record
        record(self.zoe_card, self.bar_place, self.till, self.cashier, now=now - timedelta(hours=2, minutes=5))
        record(self.nobody_card, self.bar_place, self.till, self.cashier, now=now - timedelta(hours=1))
        record(self.nobody_card, self.bar_place, self.till, self.cashier, now=now - timedelta(minutes=1))
        present = self._stays().filtered(lambda stay: stay.state == "present")
        self.assertEqual((present.holder, present.since_text), ("Zoé Martin", "2 h 05"))

    def test_hours_by_person_and_place(self):
        for minutes, card in ((0, None), (60, None), (90, None), (120, None), (0, self.nobody_card)):
            self._at(minutes, card)
        self._at(45, self.nobody_card)
        self.env.flush_all()
        groups = self.env["tibillet.badge.stay"]._read_group(
            [("place_id", "=", self.bar_place.id)], ["holder", "start:day"], ["hours:sum", "__count"]
        )
        hours = {holder: (round(total, 2), count) for holder, _day, total, count in groups}
        self.assertEqual(hours, {"Zoé Martin": (1.5, 2), self.nobody_card.number: (0.75, 1)})

    def test_export(self):
        self._at(0)
        self._at(90)
        rows = self._stays().export_data(["holder", "place_id", "start", "stop", "hours", "state"])["datas"]
        self.assertEqual((rows[0][0], rows[0][1], rows[0][4]), ("Zoé Martin", "Test bar", 1.5))
