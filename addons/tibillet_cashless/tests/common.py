from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.tibillet_base import ledger

from . import ready


class CashlessCase(AccountTestInvoicingCommon):
    """Two French venues, each with its euro, and a card of each. Amounts of the ledger are cents."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.user.lang = "en_US"
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env.user.group_ids |= cls.env.ref("tibillet_base.group_network_manager")
        cls.bar = cls.company_data["company"]
        cls.hall = cls._create_company(name="Hall")
        cls.bar.name = "Bar"
        cls.env.user.company_ids |= cls.hall
        cls.bar_place, cls.hall_place = cls.env["tibillet.place"].create(
            [
                {"name": "Test bar", "slug": "test-bar", "company_id": cls.bar.id},
                {"name": "Test hall", "slug": "test-hall", "company_id": cls.hall.id},
            ]
        )
        (cls.bar | cls.hall)._tibillet_setup_books()
        cls.bar_euro, cls.hall_euro = cls.env["tibillet.asset"].create(
            [
                {
                    "name": "Bar euro",
                    "code": "EUR",
                    "kind": "money",
                    "place_id": cls.bar_place.id,
                    "currency_id": cls.env.ref("base.EUR").id,
                    "refundable": True,
                },
                {
                    "name": "Hall euro",
                    "code": "EUR",
                    "kind": "money",
                    "place_id": cls.hall_place.id,
                    "currency_id": cls.env.ref("base.EUR").id,
                    "refundable": True,
                },
            ]
        )
        cls.ann, cls.bob = cls.env["res.partner"].create([{"name": "Ann"}, {"name": "Bob"}])
        cls.ann_wallet = cls.env["tibillet.wallet"]._for_partner(cls.ann)
        cls.bob_wallet = cls.env["tibillet.wallet"]._for_partner(cls.bob)
        cls.receivable = (
            cls.bar.account_default_pos_receivable_account_id or cls.company_data["default_account_receivable"]
        )
        cls.keys = 0

    @classmethod
    def _create_company(cls, **create_values):
        company = cls.country_code == "FR" and ready.take(cls.env, create_values)
        if not company:
            return super()._create_company(**create_values)
        cls.env.user.company_ids |= company
        return company

    @classmethod
    def _account_user(cls, login, company, *groups):
        return new_test_user(
            cls.env,
            login,
            groups=",".join(groups),
            lang="en_US",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _move(self, kind, place, wallet, asset, cents, key=None):
        """Post in the ledger as a till does; returns the key. Top-ups and pay-backs are against the issuer."""
        type(self).keys += 1
        key = key or f"pos.payment:{self.keys}"
        against = asset.place_id if kind in ("top_up", "cash_out", "issue", "void") else place
        lines = (ledger.Line(wallet.id, asset.id, cents), ledger.Line(against.wallet_id.id, asset.id, -cents))
        self.env["tibillet.ledger.transaction"]._post([ledger.Entry(key, kind, place.id, lines)])
        return key

    def _top_up(self, place, wallet, asset, cents):
        """At the till, untaxed sale line."""
        return self._move("top_up", place, wallet, asset, cents)

    def _spend(self, place, wallet, asset, cents):
        return self._move("spend", place, wallet, asset, -cents)

    def _refund(self, place, wallet, asset, cents):
        return self._move("refund", place, wallet, asset, cents)

    def _cash_out(self, place, wallet, asset, cents):
        return self._move("cash_out", place, wallet, asset, -cents)

    def _booking(self, company, session):
        return self.env["tibillet.booking"]._of_closing(company, f"pos.session:{session}", f"Test/{session}")

    def _till_entry(self, company, asset, amount):
        """The entry by which a till's closing books a top-up of `amount` (float): Dr cash, Cr counterpart."""
        account, partner = asset._counterpart_account(company)
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "journal_id": self._misc_journal(company).id,
                    "line_ids": [
                        Command.create(
                            {"name": "Sales", "account_id": account.id, "partner_id": partner.id, "balance": -amount}
                        ),
                        Command.create(
                            {"name": "Cash", "balance": amount, "account_id": company.transfer_account_id.id}
                        ),
                    ],
                }
            )
        )
        move.action_post()
        return move

    def _misc_journal(self, company):
        return self.env["account.journal"].search([("type", "=", "general"), ("company_id", "=", company.id)], limit=1)

    def _close(self, company, session, spends=(), amount=0.0, topups=(), topup_asset=None, topup_amount=0.0):
        """Close a till: spends by the wallet journal, top-ups by the till's own entry, mirrors scheduled."""
        booking = self._booking(company, session)
        if spends:
            booking._post_spends(spends, company.account_default_pos_receivable_account_id or self.receivable, amount)
        if topups:
            booking._attach(topups, self._till_entry(company, topup_asset, topup_amount))
        booking._schedule_mirrors()
        return booking

    def _run_mirrors(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_cashless.cron_post_mirrors").method_direct_trigger()
        # A closing and the job are two transactions, each numbers its entries afresh.
        self.env.cr.precommit.data.pop("sequence.mixin", None)

    def _control(self, asset):
        self.env.flush_all()
        self.env["tibillet.wallet.control"].invalidate_model()
        return self.env["tibillet.wallet.control"].search([("asset_id", "=", asset.id)])

    def assertLines(self, move, expected):
        """`expected`: list of (account code prefix, partner, balance), in any order."""
        lines = move.line_ids.with_company(move.company_id)
        found = sorted((line.account_id.code, line.partner_id.name or "", line.balance) for line in lines)
        wanted = sorted((prefix, partner.name if partner else "", balance) for prefix, partner, balance in expected)
        self.assertEqual(len(found), len(wanted), found)
        for (code, partner, balance), (prefix, name, amount) in zip(found, wanted, strict=True):
            self.assertTrue(code.startswith(prefix), f"{code} is not {prefix}: {found}")
            self.assertEqual(partner, name, found)
            self.assertAlmostEqual(balance, amount, msg=str(found))
        self.assertEqual(move.state, "posted")

    def assertControlZero(self, asset):
        control = self._control(asset)
        self.assertEqual((control.state, control.difference), ("zero", 0.0), control.cause)
        return control
