from odoo.tests import new_test_user

from .common import OnlineCase


class TestDashboard(OnlineCase):
    """Money that nobody pays is said in red, to those whose venue it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.write({"state": "test", "is_published": True, "company_id": cls.bar.id})

        cls.manager = new_test_user(
            cls.env, "online_manager", "tibillet_base.group_manager", company_id=cls.bar.id, company_ids=cls.bar.ids
        )

    def needs(self, places, user=None):
        env = self.env(user=user or self.env.user)
        lines = env["tibillet.dashboard"]._needs(places.with_env(env))
        return [line for line in lines if line["key"].startswith("online-test")]

    def test_a_provider_in_test_mode_that_fills_wallets(self):
        [line] = self.needs(self.bar_place)
        self.assertEqual(line["level"], "danger")
        self.assertIn(self.provider.name, line["text"])
        self.assertEqual(line["action"]["res_id"], self.provider.id)

    def test_not_once_nobody_can_top_up_with_it(self):
        for values in ({"is_published": False}, {"state": "disabled"}):
            with self.subTest(values):
                self.provider.write({"state": "test", "is_published": True})
                self.provider.write(values)
                self.assertFalse(self.needs(self.bar_place))
        self.provider.write({"state": "test", "is_published": True})
        self.bar_euro.online_topup = False
        self.assertFalse(self.needs(self.bar_place))

    def test_another_venue_reads_nothing_of_it(self):
        self.assertFalse(self.needs(self.hall_place))

    def test_a_manager_without_rights_on_providers_is_told_all_the_same(self):
        [line] = self.needs(self.bar_place, self.manager)
        self.assertFalse(line["action"])
