from odoo.exceptions import AccessError

from .common import PicturesCase


class TestHours(PicturesCase):
    """At which hour, on the clock of the place; how much circulates; who took what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bar.partner_id.tz = "Europe/Paris"
        cls.hall.partner_id.tz = "Indian/Reunion"

    def lines(self, user, *domain):
        self.env.flush_all()
        return self.env["tibillet.ledger.report"].with_user(user).search([("side", "=", "holder"), *domain])

    def test_the_clock_is_the_place_s(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self._spend(self.hall_place, self.ann_wallet, self.bar_euro, 300)
        for company in self.bar | self.hall:
            [line] = self.lines(self.env.user, ("place_id.company_id", "=", company.id))
            local = company._tibillet_local(line.date)
            with self.subTest(company.name):
                self.assertEqual((line.hour, line.weekday), (f"{local.hour:02}", str(local.isoweekday())))

    def test_volume_is_what_moved_and_value_what_circulates(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        [(volume, value)] = self.lines(self.manager)._read_group(
            [("side", "=", "holder")], [], ["volume:sum", "value:sum"]
        )
        self.assertEqual((volume, value), (23, 17))

    def test_another_venue_reads_its_own_acts_only(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self._spend(self.hall_place, self.ann_wallet, self.bar_euro, 300)
        self.assertEqual(len(self.lines(self.manager)), 2)
        self.assertEqual(self.lines(self.neighbour).mapped("volume"), [3])
        with self.assertRaises(AccessError):
            self.lines(self.cashier)
