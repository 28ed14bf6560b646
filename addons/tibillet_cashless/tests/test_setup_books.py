from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import CashlessCase


@tagged("post_install", "-at_install")
class TestFrenchBooks(CashlessCase):
    def test_accounts_stand_in_their_family(self):
        gift = self.env["tibillet.asset"].create(
            {
                "name": "Thanks",
                "code": "GIFT",
                "kind": "gift",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        codes = [
            account.with_company(self.bar).code
            for account in (self.bar_euro.account_id, self.bar.tibillet_settlement_account_id, gift.account_id)
        ]
        self.assertEqual([code[:4] for code in codes], ["4191", "4670", "6234"])
        self.assertEqual([len(code) for code in codes], [6, 6, 6])
        self.assertEqual(self.bar_euro.account_id.account_type, "liability_current")
        self.assertTrue(self.bar_euro.account_id.reconcile)
        self.assertIn("Bar euro", self.bar_euro.account_id.name)

    def test_again_changes_nothing(self):
        before = (
            self.bar.tibillet_wallet_journal_id,
            self.bar.tibillet_settlement_account_id,
            self.bar_euro.account_id,
            self.env["account.account"].search_count([]),
            self.env["account.journal"].search_count([]),
        )
        (self.bar | self.hall)._tibillet_setup_books()
        self.assertEqual(
            before,
            (
                self.bar.tibillet_wallet_journal_id,
                self.bar.tibillet_settlement_account_id,
                self.bar_euro.account_id,
                self.env["account.account"].search_count([]),
                self.env["account.journal"].search_count([]),
            ),
        )

    def test_what_the_accountant_chose_is_kept(self):
        chosen = self.bar.tibillet_settlement_account_id.copy({"code": "467999"})
        self.bar.tibillet_settlement_account_id = chosen
        self.bar._tibillet_setup_books()
        self.assertEqual(self.bar.tibillet_settlement_account_id, chosen)

    def test_nobody_pays_an_invoice_through_the_wallet_journal(self):
        journal = self.bar.tibillet_wallet_journal_id
        self.assertEqual((journal.type, journal.code), ("bank", "WALL"))
        self.assertTrue(journal.default_account_id)
        self.assertFalse(journal._get_available_payment_method_lines("inbound"))
        self.assertFalse(journal._get_available_payment_method_lines("outbound"))

    def test_a_code_already_taken_stops_nothing(self):
        company = self._create_company(name="Taken")
        self.env["account.journal"].create(
            {"name": "Wall", "code": "WALL", "type": "general", "company_id": company.id}
        )
        company._tibillet_setup_books()
        self.assertNotEqual(company.tibillet_wallet_journal_id.code, "WALL")

    def test_names_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["tibillet_cashless"], ["fr_FR"])
        company = self._create_company(name="Bistro")
        company._tibillet_setup_books()
        self.assertEqual(company.tibillet_wallet_journal_id.with_context(lang="fr_FR").name, "Porte-monnaie")
        self.assertEqual(company.tibillet_wallet_journal_id.with_context(lang="en_US").name, "Wallets")

    def test_a_place_gets_them_with_its_chart(self):
        company = self.env["res.company"].create({"name": "New", "country_id": self.env.ref("base.fr").id})
        place = self.env["tibillet.place"].create({"name": "New", "slug": "test-new", "company_id": company.id})
        asset = self.env["tibillet.asset"].create(
            {
                "name": "New euro",
                "code": "EUR",
                "kind": "money",
                "place_id": place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        self.assertFalse(company.tibillet_wallet_journal_id)
        self.env["account.chart.template"].try_loading("fr", company, install_demo=False)
        self.assertTrue(company.tibillet_wallet_journal_id)
        self.assertTrue(asset.account_id.with_company(company).code.startswith("4191"))

    def test_another_chart_before_the_first_entry(self):
        """Odoo drops the accounts of the old chart, the wallets find theirs in the new one, once its money is theirs."""
        self.env["account.chart.template"].sudo().try_loading("generic_coa", self.hall, install_demo=False)
        self.assertEqual(self.hall.tibillet_settlement_account_id.with_company(self.hall).code[:4], "2010")
        self.assertEqual(self.hall.tibillet_wallet_journal_id.company_id, self.hall)
        self.assertFalse(self.hall_euro.account_id, "the generic chart counts in dollars")
        self.hall.currency_id = self.hall_euro.currency_id
        self.hall._tibillet_setup_books()
        self.assertEqual(self.hall_euro.account_id.with_company(self.hall).code[:4], "2010")

    @mute_logger("odoo.sql_db")
    def test_one_account_for_each_money(self):
        other = self.env["tibillet.asset"].create(
            {
                "name": "Crown",
                "code": "CRW",
                "kind": "money",
                "place_id": self.bar_place.id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        self.assertNotEqual(other.account_id, self.bar_euro.account_id)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            other.account_id = self.bar_euro.account_id
            self.env.flush_all()

    def test_money_is_a_liability_of_its_issuer(self):
        expense = self.company_data["default_account_expense"]
        with self.assertRaisesRegex(ValidationError, "liability account"), self.cr.savepoint():
            self.bar_euro.account_id = expense
        with self.assertRaisesRegex(ValidationError, "not an account of"), self.cr.savepoint():
            self.bar_euro.account_id = self.hall.tibillet_settlement_account_id

    @mute_logger("odoo.sql_db")
    def test_time_has_no_account(self):
        hours = self.env["tibillet.asset"].create(
            {"name": "Hours", "code": "HRS", "kind": "time", "place_id": self.bar_place.id}
        )
        self.assertFalse(hours.account_id)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            hours.account_id = self.bar_euro.account_id
            self.env.flush_all()

    def test_the_account_cannot_be_left_with_a_balance(self):
        topped = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 4000)
        self._close(self.bar, 1, topups=[topped], topup_asset=self.bar_euro, topup_amount=40.0)
        other = self.bar_euro.account_id.copy({"code": "419150"})
        with self.assertRaisesRegex(UserError, "still holds.*40.00"):
            self.bar_euro.account_id = other
        self.env["account.move"].with_company(self.bar).create(
            {
                "line_ids": [
                    Command.create({"account_id": self.bar_euro.account_id.id, "balance": 40.0}),
                    Command.create({"account_id": other.id, "balance": -40.0}),
                ]
            }
        ).action_post()
        self.bar_euro.account_id = other
        self.assertEqual(self.bar_euro.account_id, other)

    def test_an_issuer_in_another_currency_is_refused(self):
        asset = self.env["tibillet.asset"].create(
            {
                "name": "Pound",
                "code": "GBP",
                "kind": "gift",
                "place_id": self.env["tibillet.place"]
                .create(
                    {
                        "name": "Far",
                        "slug": "test-far",
                        "company_id": self.env["res.company"]
                        .create(
                            {
                                "name": "Far",
                                "currency_id": self.env.ref("base.GBP").id,
                                "country_id": self.env.ref("base.uk").id,
                            }
                        )
                        .id,
                    },
                )
                .id,
                "currency_id": self.env.ref("base.GBP").id,
            }
        )
        with self.assertRaisesRegex(UserError, "not in the currency"):
            asset._counterpart_account(self.bar)


@tagged("post_install", "-at_install")
class TestOtherBooks(TransactionCase):
    def test_a_company_without_chart_gets_the_generic_one(self):
        euro = self.env.ref("base.EUR")
        company = self.env["res.company"].create({"name": "Nowhere", "country_id": False, "currency_id": euro.id})
        place = self.env["tibillet.place"].create({"name": "Nowhere", "slug": "test-nowhere", "company_id": company.id})
        asset = self.env["tibillet.asset"].create(
            {
                "name": "Token",
                "code": "TOK",
                "kind": "money",
                "place_id": place.id,
                "currency_id": company.currency_id.id,
            }
        )
        company._tibillet_setup_books()
        self.assertEqual((company.chart_template, company.currency_id), ("generic_coa", euro))
        self.assertEqual(asset.account_id.account_type, "liability_current")
        self.assertEqual(company.tibillet_settlement_account_id.account_type, "liability_current")
        self.assertEqual(company.tibillet_wallet_journal_id.type, "bank")
        self.assertEqual(place.company_id.tibillet_place_id, place)

    def test_a_french_company_gets_the_french_chart(self):
        company = self.env["res.company"].create({"name": "Ici", "country_id": self.env.ref("base.fr").id})
        company._tibillet_setup_books()
        self.assertEqual(company.chart_template, "fr")

    def test_a_chart_stripped_of_its_accounts_stops_nothing(self):
        company = self.env["res.company"].create({"name": "Bare"})
        company._tibillet_load_chart()
        accounts = self.env["account.account"].search(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "in", ("liability_current", "expense")),
            ]
        )
        accounts.write({"active": False})
        company._tibillet_setup_books()
        self.assertTrue(company.tibillet_settlement_account_id.active)
