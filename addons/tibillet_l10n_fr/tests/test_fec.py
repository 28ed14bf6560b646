import csv
import io
from ast import literal_eval
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tibillet_cashless.tests.common import CashlessCase

COLUMNS = [
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
]


@tagged("post_install", "-at_install")
class TestFec(CashlessCase, HttpCase):
    """The accountant of a French venue takes its FEC, wallet journal and all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bar.vat = "FR13990000010"
        cls.accountant = cls._account_user("fec_accountant", cls.bar, "tibillet_base.group_accountant")
        cls.accountant.password = "a long password"

    def setUp(self):
        super().setUp()
        self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 5000)
        self._close(self.bar, 1, [self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1250)], 12.5)

    def _wizard(self, user=None, **vals):
        today = fields.Date.today()
        wizards = self.env["l10n_fr.fec.export.wizard"].with_user(user or self.accountant).with_company(self.bar)
        year = {"date_from": today.replace(month=1, day=1), "date_to": today.replace(month=12, day=31)}
        return wizards.create({"test_file": True, **year, **vals})

    def test_the_file_holds_the_wallet_journal_in_18_columns(self):
        action = self._wizard().create_fec_report_action()
        self.authenticate("fec_accountant", "a long password")
        answer = self.url_open(action["url"])
        self.assertRegex(answer.headers["Content-Disposition"], r"990000010FEC\d{4}1231\.txt")
        rows = list(csv.reader(io.StringIO(answer.content.decode()), delimiter="|"))
        self.assertEqual(rows[0], COLUMNS)
        wallet = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:] if row[0] == "WALL"]
        self.assertEqual({row["CompteNum"][:4]: self._amount(row) for row in wallet}, {"4191": 12.5, "4111": -12.5})
        self.assertEqual(round(sum(self._amount(dict(zip(COLUMNS, row, strict=True))) for row in rows[1:]), 2), 0)

    def _amount(self, row):
        return float(row["Debit"].replace(",", ".")) - float(row["Credit"].replace(",", "."))

    def test_a_file_to_look_at_closes_nothing(self):
        self._wizard().create_fec_report_action()
        self.assertFalse(self.bar.fiscalyear_lock_date)
        with self.assertRaisesRegex(UserError, "only an administrator"):
            self._wizard(test_file=False).create_fec_report_action()
        self.assertFalse(self.bar.fiscalyear_lock_date)

    def test_an_administrator_closes_the_books_with_it(self):
        self._wizard(self.env.user, test_file=False).create_fec_report_action()
        self.assertEqual(self.bar.fiscalyear_lock_date, fields.Date.today().replace(month=12, day=31))

    def test_refused_elsewhere_and_backwards(self):
        day = fields.Date.today()
        with self.assertRaisesRegex(UserError, "ends before it begins"):
            self._wizard(date_from=day, date_to=day.replace(year=day.year - 1)).create_fec_report_action()
        self.bar.account_fiscal_country_id = self.env.ref("base.be")
        with self.assertRaisesRegex(UserError, "there is no FEC"):
            self._wizard().create_fec_report_action()

    def test_a_colleague_and_a_cashier_get_nothing(self):
        made = self._wizard()
        action = made.create_fec_report_action()
        self._account_user("fec_hall", self.hall, "tibillet_base.group_accountant").password = "a long password"
        cashier = self._account_user("fec_cashier", self.bar, "tibillet_base.group_cashier")
        with self.assertRaises(AccessError):
            self._wizard(cashier)
        self.authenticate("fec_hall", "a long password")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(action["url"]).status_code, 404)

    def test_the_menu_opens_the_wizard(self):
        action = self.env["ir.actions.act_window"].with_user(self.accountant)._for_xml_id("tibillet_l10n_fr.fec_action")
        self.assertEqual(action["res_model"], "l10n_fr.fec.export.wizard")
        opened = Form(
            self.env[action["res_model"]].with_user(self.accountant).with_context(**literal_eval(action["context"]))
        )
        last_year = fields.Date.today().year - 1
        self.assertTrue(opened.test_file)
        self.assertEqual((opened.date_from, opened.date_to), (date(last_year, 1, 1), date(last_year, 12, 31)))
        menus = self.env["ir.ui.menu"].with_user(self.accountant)._visible_menu_ids()
        self.assertIn(self.env.ref("tibillet_l10n_fr.menu_fec").id, menus)
        cashier = self._account_user("fec_menu", self.bar, "tibillet_base.group_cashier")
        self.assertNotIn(
            self.env.ref("tibillet_l10n_fr.menu_fec").id, self.env["ir.ui.menu"].with_user(cashier)._visible_menu_ids()
        )
