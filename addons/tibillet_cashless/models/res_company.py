from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Family of the account in the French chart, type to look for in any other one.
WALLET_ACCOUNT = ("4191", "liability_current", _lt("Wallets"))
SETTLEMENT_ACCOUNT = ("467", "liability_current", _lt("Settlement between venues"))
GIFT_ACCOUNT = ("6234", "expense", _lt("Gift credits spent"))
JOURNAL_NAME = _lt("Wallets")


class ResCompany(models.Model):
    _inherit = "res.company"

    tibillet_wallet_journal_id = fields.Many2one(
        "account.journal",
        "Wallet journal",
        check_company=True,
        domain="[('type', '=', 'bank')]",
        help="Where what cards pay is booked when a till closes.",
    )
    tibillet_settlement_account_id = fields.Many2one(
        "account.account",
        "Settlement account",
        check_company=True,
        help="What other venues owe, or are owed, for each other's cards: one line per venue, its partner on the line.",
    )

    def _tibillet_setup_books(self):
        """Give each company what its wallets need in the books; run again, it only adds what is missing.

        A company without a chart of accounts gets its country's, or the generic one. Accounts that an accountant
        chose are kept.
        """
        for company in self.sudo():
            company = company.with_company(company)
            company._tibillet_load_chart()
            company._tibillet_account_in("tibillet_settlement_account_id", SETTLEMENT_ACCOUNT)
            if not company.tibillet_wallet_journal_id:
                company.tibillet_wallet_journal_id = company._tibillet_create_journal()
            company.tibillet_place_id.with_context(active_test=False).asset_ids._create_missing_account()

    def _tibillet_load_chart(self):
        """Instantiate a chart of accounts where there is none, among those whose module is installed."""
        self.ensure_one()
        if self.root_id.chart_template:
            return
        templates = self.env["account.chart.template"].sudo()
        country = self.root_id.country_id
        code = next(
            (
                code
                for code, template in templates._get_chart_template_mapping().items()
                if country and template["installed"] and template["country_id"] == country.id
            ),
            "generic_coa",
        )
        currency = self.root_id.currency_id
        # _load and not try_loading: the demo network is loaded before the registry is complete.
        templates._load(code, self.root_id, install_demo=False)
        self.root_id.currency_id = currency  # the generic chart would make it dollars

    def _tibillet_accountants(self):
        """Whom to tell about these books: the accountants (res.users, sudo) of this company, with the fewest others first."""
        self.ensure_one()
        users = self.env.ref("tibillet_base.group_accountant").sudo().all_user_ids
        mine = users.filtered(lambda user: self in user.company_ids)
        return mine.sorted(lambda user: (len(user.company_ids), user.id))

    def _tibillet_tell_accountants(self, record, say):
        """Tell the accountants of these books about `record`, each in their language, and give the first one a task.

        :param say: called with `record` in a reader's language, answers (subject, sentence)
        """
        users = self._tibillet_accountants()
        for lang, readers in users.grouped("lang").items():
            told = record.with_context(lang=lang)
            subject, words = say(told)
            told.message_notify(partner_ids=readers.partner_id.ids, subject=subject, body=words)
            if users[0] in readers:
                task = {"user_id": users[0].id, "summary": subject, "note": words}
                told.activity_schedule("mail.mail_activity_data_todo", **task)

    def _tibillet_account_in(self, field, family):
        """The account (sudo) that a field of the company names, made at first need.

        :param family: what :meth:`_tibillet_create_account` takes
        """
        self.ensure_one()
        company = self.sudo().with_company(self)
        if not company[field]:
            company._tibillet_load_chart()
            company[field] = company._tibillet_create_account(*family)
        return company[field]

    def _tibillet_create_account(self, family, account_type, name, suffix=""):
        """Create an account beside its family: same first digits if the chart has them, else same type.

        :param LazyGettext name: stored in each installed language, then `suffix` (str)
        """
        self.ensure_one()
        accounts = self.env["account.account"].sudo().with_company(self)
        own = Domain(accounts._check_company_domain(self)) & Domain("account_type", "=", account_type)
        sibling = (
            accounts.search(own & Domain("code", "=like", f"{family}%"), order="code", limit=1)
            or accounts.search(own, order="code", limit=1)
            or accounts.search(accounts._check_company_domain(self), order="code desc", limit=1)
        )
        account = accounts.create(
            {
                "code": accounts._search_new_account_code(sibling.code or f"{family:0<6}"),
                "name": f"{name._translate('en_US')}{suffix}",
                "account_type": account_type,
                "reconcile": account_type == "liability_current",
                "company_ids": [fields.Command.link(self.root_id.id)],
            }
        )
        self._tibillet_translate(account, name, suffix)
        return account

    def _tibillet_create_journal(self):
        """A bank journal, as a till's payment method asks for one, that nobody can pay through by hand.

        Its own account is the suspense account: an entry that would not say its asset shows up there at once.
        """
        self.ensure_one()
        journals = self.env["account.journal"].sudo().with_company(self).with_context(lang="en_US")
        code_taken = journals.with_context(active_test=False).search_count(
            [("code", "=", "WALL"), ("company_id", "=", self.id)],
            limit=1,
        )
        journal = journals.create(
            {
                "name": JOURNAL_NAME._translate("en_US"),
                "type": "bank",
                "company_id": self.id,
                "default_account_id": (
                    self.account_journal_suspense_account_id or self.tibillet_settlement_account_id
                ).id,
                "show_on_dashboard": False,
                "restrict_mode_hash_table": True,
                **({} if code_taken else {"code": "WALL"}),
            }
        )
        (journal.inbound_payment_method_line_ids | journal.outbound_payment_method_line_ids).unlink()
        self._tibillet_translate(journal, JOURNAL_NAME)
        return journal

    def _tibillet_translate(self, record, name, suffix=""):
        for code, _label in self.env["res.lang"].get_installed():
            record.with_context(lang=code).name = f"{name._translate(code)}{suffix}"
