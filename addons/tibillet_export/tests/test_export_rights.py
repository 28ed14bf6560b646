from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ExportCase

PASSWORD = "a long password"


@tagged("post_install", "-at_install")
class TestExportRights(ExportCase, HttpCase):
    """Accountants of the company, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall_accountant = cls._account_user("export_hall", cls.hall, "tibillet_base.group_accountant")
        cls.colleague = cls._account_user("export_colleague", cls.bar, "tibillet_base.group_accountant")

    def test_cashiers_and_managers_export_nothing(self):
        for user in (self.cashier, self.manager):
            with self.assertRaises(AccessError):
                self._make("sales", user)
            with self.assertRaises(AccessError):
                self.env["tibillet.export"].with_user(user).search([])

    def test_another_company_is_never_exported(self):
        self._sell(5)
        with self.assertRaises(AccessError):
            self._make("sales", self.hall_accountant)
        made = self._make("sales", self.hall_accountant, company_id=self.hall.id)
        made.company_id = self.bar
        with self.assertRaises(AccessError):
            made.action_make()
        mine = self._make("sales")
        with self.assertRaises(AccessError):
            mine.with_user(self.hall_accountant).action_make()
        mine.action_make()
        self.assertFalse(self.env["tibillet.export"].with_user(self.hall_accountant).search([]))

    def test_the_journal_is_not_rewritten(self):
        self._sell(5)
        self._make("sales").action_make()
        lines = self.env["tibillet.export"].with_user(self.accountant).search([])
        for forbidden in (lambda: lines.write({"rows": 0}), lines.unlink, lambda: lines.copy()):
            with self.assertRaises(AccessError):
                forbidden()

    def test_the_file_is_its_makers(self):
        self._sell(5)
        made = self._make("sales")
        url = made.action_make()["url"]
        for user, status in ((self.accountant, 200), (self.colleague, 403), (self.manager, 403), (self.cashier, 403)):
            user.password = PASSWORD
            self.authenticate(user.login, PASSWORD)
            with mute_logger("odoo.http"):
                answer = self.url_open(url)
            self.assertEqual(answer.status_code, status, user.login)
            if status == 200:
                self.assertIn("sales-v1_bar_2026-01-01_2026-01-01.csv", answer.headers["Content-Disposition"])
                self.assertTrue(answer.content.startswith(b"\xef\xbb\xbfdate_time"))
