from datetime import datetime

from odoo.tests import freeze_time

from .common import NetworkCase


class TestClock(NetworkCase):
    """A venue's day is its own: not the cashier's, not the server's."""

    @property
    def company(self):
        return self.bar.company_id

    def test_its_address_then_its_country_then_utc(self):
        partner = self.company.partner_id
        partner.write({"tz": False, "country_id": False})
        self.assertEqual(self.company._tibillet_zone().zone, "UTC")
        partner.country_id = self.env.ref("base.fr")
        self.assertEqual(self.company._tibillet_zone().zone, "Europe/Paris")
        partner.tz = "America/Martinique"
        self.assertEqual(self.company._tibillet_zone().zone, "America/Martinique")

    @freeze_time("2026-07-14 22:30:00")
    def test_the_same_whoever_asks(self):
        self.company.partner_id.tz = "Europe/Paris"
        for zone in (False, "Pacific/Auckland"):
            self.cashier.tz = zone
            local = self.company.with_user(self.cashier).with_context(tz=zone)._tibillet_local(datetime.now())
            self.assertEqual(local, datetime(2026, 7, 15, 0, 30))

    def test_there_and_back_over_the_change_of_hour(self):
        self.company.partner_id.tz = "Europe/Paris"
        for moment in (datetime(2026, 3, 29, 0, 59), datetime(2026, 3, 29, 1, 1), datetime(2026, 10, 25, 3, 0)):
            with self.subTest(moment=moment):
                self.assertEqual(self.company._tibillet_utc(self.company._tibillet_local(moment)), moment)
        self.assertEqual(self.company._tibillet_utc(datetime(2026, 3, 29)), datetime(2026, 3, 28, 23))
        self.assertEqual(self.company._tibillet_utc(datetime(2026, 3, 30)), datetime(2026, 3, 29, 22))
