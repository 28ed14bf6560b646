from odoo.tests import HttpCase, tagged

from .common import DormantCase


@tagged("post_install", "-at_install")
class TestDormantTour(DormantCase, HttpCase):
    """An accountant ticks a balance, looks, and pays it back; a manager says when holders are told."""

    def test_look_then_pay_back(self):
        self.put(self.bob_wallet, 1250)
        self.start_tour("/odoo/tibillet", "tibillet_dormant.pay_back", login="bar_accountant")
        self.assertEqual(self.held(self.bob_wallet), (0, 0))
        self.assertControlZero(self.bar_euro)

    def test_choose_when_to_tell(self):
        self.start_tour("/odoo/tibillet", "tibillet_dormant.choose", login="bar_manager")
        self.assertEqual((self.bar_euro.dormant_after, self.bar_euro.dormant_every), (8, 6))
