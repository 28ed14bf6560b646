from odoo.tests import HttpCase, tagged

from .common import PicturesCase


@tagged("post_install", "-at_install")
class TestPicturesTour(PicturesCase, HttpCase):
    """A manager looks at all pictures, then at one of them."""

    def test_look(self):
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 2000)
        self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        self.start_tour("/odoo/tibillet", "tibillet_insight.look", login="bar_manager")
