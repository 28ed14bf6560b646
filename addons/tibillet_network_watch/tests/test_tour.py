from odoo import fields
from odoo.tests import HttpCase, tagged

from .test_network_watch import NetworkCase


@tagged("post_install", "-at_install")
class TestNetworkTour(NetworkCase, HttpCase):
    """An accountant reads the threshold and dates an agreement."""

    def test_watch(self):
        self._pay(self.hall_place, 2050)
        self._watch()
        self.start_tour("/odoo/tibillet", "tibillet_network_watch.watch", login="bar_watch")
        self.assertEqual(self._acceptances(self.hall_place).contract_on, fields.Date.today())
