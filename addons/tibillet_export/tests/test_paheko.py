from collections import defaultdict
from decimal import Decimal

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged

from .common import ExportCase

DAYS = {"date_from": "2020-01-01", "date_to": "2099-12-31"}
ENTRY = ("Type", "Libellé", "Date", "Remarques", "Numéro pièce comptable")


@tagged("post_install", "-at_install")
class TestPaheko(ExportCase):
    """Entries of a closed till, read back as Paheko reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.env["tibillet.paheko.account"].with_company(cls.bar).with_user(cls.accountant)

    def setUp(self):
        super().setUp()
        self._sell(12)
        self._pay_by_card(self._card(cents=1000), 700)
        self._close_till()

    def _entries(self, **vals):
        """[{first row's words, lines: rows}], as Paheko groups them."""
        entries = []
        for row in self._read("paheko", **{**DAYS, **vals}):
            if any(row[name] for name in ENTRY):
                entries.append({**row, "lines": []})
            entries[-1]["lines"].append(row)
        return entries

    def _amount(self, text):
        self.assertRegex(text, r"^\d+,\d\d$")
        return Decimal(text.replace(",", "."))

    def test_it_balances_entry_by_entry_and_with_the_trial_balance(self):
        self.accounts.action_propose()
        balances = defaultdict(Decimal)
        moves = self.env["account.move"].search([("company_id", "=", self.bar.id), ("state", "=", "posted")])
        entries = self._entries()
        self.assertEqual({entry["Numéro pièce comptable"] for entry in entries}, set(moves.mapped("name")))
        for entry in entries:
            self.assertEqual(entry["Type"], "Avancé")
            self.assertRegex(entry["Date"], r"^\d\d/\d\d/\d{4}$")
            debits = sum(self._amount(row["Débit"]) for row in entry["lines"])
            self.assertEqual(debits, sum(self._amount(row["Crédit"]) for row in entry["lines"]))
            for row in entry["lines"]:
                balances[row["Numéro compte"]] += self._amount(row["Débit"]) - self._amount(row["Crédit"])
        mapped = {account.account_id: account.code for account in self.accounts.search([])}
        trial = defaultdict(Decimal)
        for account, balance in self.env["account.move.line"]._read_group(
            [("company_id", "=", self.bar.id), ("parent_state", "=", "posted")], ["account_id"], ["balance:sum"]
        ):
            trial[mapped[account]] += Decimal(f"{balance:.2f}")
        self.assertEqual(dict(balances), dict(trial))
        self.assertIn("419101", balances)

    def test_accounts_without_a_number_are_named(self):
        with self.assertRaisesRegex(RedirectWarning, "419101"), self.env.cr.savepoint():
            self._entries()

    def test_chosen_journals_only(self):
        self.accounts.action_propose()
        wallet = self.bar.tibillet_wallet_journal_id
        entries = self._entries(journal_ids=wallet.ids)
        self.assertEqual({entry["Remarques"] for entry in entries}, {wallet.name})
        with self.assertRaisesRegex(UserError, "nothing to export"), self.env.cr.savepoint():
            self._entries(journal_ids=self.company_data["default_journal_purchase"].ids)

    def test_what_is_set_stays_when_numbers_are_proposed(self):
        cash = self.cash.journal_id.default_account_id
        self.accounts.create({"account_id": cash.id, "code": "530A"})
        self.accounts.action_propose()
        self.accounts.action_propose()
        kept = self.accounts.search([("account_id", "=", cash.id)])
        self.assertEqual(kept.mapped("code"), ["530A"])
        self.assertFalse(self.accounts.search([("code", "=like", "%0")]).filtered(lambda found: len(found.code) > 3))

    def test_a_number_or_an_account_that_cannot_be(self):
        cash = self.cash.journal_id.default_account_id
        for code in ("A12", "=512", "512 A", "5" * 13):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.accounts.create({"account_id": cash.id, "code": code})
        theirs = self._misc_journal(self.hall).company_id.transfer_account_id
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.accounts.create({"account_id": theirs.id, "code": "512"})

    def test_long_words_are_cut_where_paheko_would_refuse(self):
        self.accounts.action_propose()
        self.env["account.move"].search([("company_id", "=", self.bar.id)])[:1].ref = "é" * 300
        labels = {entry["Libellé"] for entry in self._entries()}
        self.assertIn("é" * 99, labels)
