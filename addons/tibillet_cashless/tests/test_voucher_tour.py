from odoo.tests import HttpCase, tagged

from .common import CashlessCase
from .voucher_common import make_voucher


@tagged("post_install", "-at_install")
class TestVoucherTour(CashlessCase, HttpCase):
    """Who keeps a venue's money and books chooses the kind of voucher, in a real browser, until it is topped up."""

    def test_chosen_then_fixed(self):
        canteen, tax = make_voucher(self.env, self.bar_place, voucher_kind="multi_purpose", voucher_tax_id=False)
        groups = ("tibillet_base.group_manager", "tibillet_base.group_accountant")
        self._account_user("bar_keeper", self.bar, *groups)
        page = f"/odoo/action-tibillet_base.action_asset/{canteen.id}"
        self.start_tour(page, "tibillet_cashless.voucher", login="bar_keeper")
        self.assertEqual((canteen.voucher_kind, canteen.voucher_tax_id), ("single_purpose", tax))
        self._top_up(self.bar_place, self.ann_wallet, canteen, 1100)
        self.start_tour(page, "tibillet_cashless.voucher_stays", login="bar_keeper")
