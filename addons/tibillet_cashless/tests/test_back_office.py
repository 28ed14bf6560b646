from odoo.tests import tagged

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestBackOffice(CashlessCase):
    """What the venue wizard opens, what the dashboard says."""

    def test_a_venue_is_opened_with_its_books(self):
        wizard = self.env["tibillet.venue.wizard"].create(
            {
                "name": "Guinguette",
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
                "card_count": 0,
            }
        )
        wizard.action_open()
        company = self.env["res.company"].search([("name", "=", "Guinguette")])
        self.assertEqual(company.chart_template, "fr")
        self.assertTrue(company.tibillet_wallet_journal_id)
        asset = company.tibillet_place_id.asset_ids
        self.assertTrue(asset.account_id.with_company(company).code.startswith("4191"))

    def _needs(self, user, company):
        dashboard = self.env["tibillet.dashboard"].with_user(user).with_context(allowed_company_ids=company.ids)
        return {need["key"]: need for need in dashboard.read_dashboard()["needs"]}

    def test_the_dashboard_says_what_the_books_wait_for(self):
        accountant = self._account_user("hall_accountant", self.hall, "tibillet_base.group_accountant")
        manager = self._account_user("hall_manager", self.hall, "tibillet_base.group_manager")
        key = f"control-{self.hall_euro.id}"
        self.assertFalse({key, "mirrors"} & self._needs(accountant, self.hall).keys())
        self._top_up(self.hall_place, self.bob_wallet, self.hall_euro, 5000)
        spent = self._spend(self.bar_place, self.bob_wallet, self.hall_euro, 1200)
        self._close(self.bar, 1, spends=[spent], amount=12.0)
        self.hall.tibillet_wallet_journal_id.active = False
        self._run_mirrors()
        self._till_entry(self.hall, self.hall_euro, 7.5)
        needs = self._needs(accountant, self.hall)
        self.assertIn("7.50", needs[key]["text"])
        self.assertEqual(needs[key]["action"]["res_id"], self.hall_euro.id)
        self.assertEqual(needs["mirrors"]["level"], "warning")
        self.assertFalse({key, "mirrors"} & self._needs(manager, self.hall).keys())
