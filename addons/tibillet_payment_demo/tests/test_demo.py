from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.tibillet_cashless.tests.common import CashlessCase


@tagged("post_install", "-at_install")
class TestDemo(CashlessCase):
    """Two venues played as the demo's: their money is bought on the phone, with a provider that only plays."""

    def test_installing_it_opens_nothing_at_a_real_venue(self):
        playing = self.env["payment.provider"].search([("code", "=", "demo"), ("state", "!=", "disabled")])
        shown = self.env.ref("tibillet_base.demo_company_bar", raise_if_not_found=False)
        self.assertEqual(bool(playing), bool(shown))

    def test_the_demo_s_venues_are_topped_up_online(self):
        venues = {"demo_asset_euro": self.bar_euro, "demo_asset_local": self.hall_euro}
        self.assertFalse(self.bar_euro._online_providers(self.ann, 10))
        demo = self.env["tibillet.demo"].sudo()
        with patch.object(type(demo), "_ref", lambda demo, name: venues[name].with_env(demo.env)):
            demo._open_online()
        for asset in venues.values():
            with self.subTest(asset.name):
                [provider] = asset._online_providers(self.ann, 10)
                self.assertEqual((provider.code, provider.company_id), ("demo", asset.company_id))
                self.assertNotEqual(provider.journal_id, asset.company_id.tibillet_wallet_journal_id)
                self.assertEqual(provider.journal_id.company_id, asset.company_id)
