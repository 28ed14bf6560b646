from odoo.tests import HttpCase, tagged

from .sweep_common import SweepCase


@tagged("post_install", "-at_install")
class TestSweepTour(SweepCase, HttpCase):
    """A manager looks at what would be taken, then takes it, in a real browser."""

    def test_look_then_sweep(self):
        first, second = self._card(300), self._card(450)
        self.start_tour("/odoo/tibillet", "tibillet_cashless.sweep", login="bar_manager")
        self.assertEqual((self._holds(first), self._holds(second)), (0, 0))
        self.assertControlZero(self.bar_euro)
