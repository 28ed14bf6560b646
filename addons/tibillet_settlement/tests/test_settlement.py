import random

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SettlementCase


@tagged("post_install", "-at_install")
class TestSettlement(SettlementCase):
    def test_issued_here_spent_there_refunded_at_a_third(self):
        """The bar issues €50; €12 are spent at the hall, €20 paid back in cash by the festival."""
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._act("cash_out", self.festival_place, self.bar_euro, 2000)
        self.assertEqual(self._pair(self.bar, self.hall).waiting, -12.0)
        self.assertEqual(self._pair(self.bar, self.hall).difference, 0.0)
        self._run_mirrors()
        made = self._statements()
        self.assertFalse(self._statements(), "drawn twice, it is drawn once")
        self.assertEqual(len(made), 4)
        self.assertEqual(self._side(self.bar, self.hall).closing, -12.0)
        self.assertEqual(self._side(self.hall, self.bar).closing, 12.0)
        self.assertEqual(self._side(self.bar, self.festival).closing, -20.0)
        self.assertEqual(set(made.mapped("state")), {"checked"})
        with self.assertRaisesRegex(UserError, "above it"):
            self._pay(self.bar, self.hall, 12.01)
        transfer = self._pay(self.bar, self.hall, 12.0)
        self.assertEqual(self._pay(self.bar, self.hall, 12.0), transfer, "the same button twice")
        self._pay(self.bar, self.festival, 20.0, key="t:2")
        moves = {move.company_id: move for move in transfer.move_ids}
        self.assertEqual(set(moves), {self.bar, self.hall})
        transit = [company.transfer_account_id.with_company(company).code for company in (self.bar, self.hall)]
        bar, hall = self.bar.partner_id, self.hall.partner_id
        self.assertLines(moves[self.bar], [("467", hall, 12.0), (transit[0], hall, -12.0)])
        self.assertLines(moves[self.hall], [("467", bar, -12.0), (transit[1], bar, 12.0)])
        settled = moves[self.bar].line_ids.filtered(lambda line: line.account_id.code.startswith("467"))
        self.assertTrue(settled.reconciled)
        settled_pairs = ((self.bar, self.hall), (self.hall, self.bar), (self.bar, self.festival))
        for pair in [self._pair(*sides) for sides in settled_pairs]:
            self.assertEqual((pair.balance, pair.booked, pair.difference), (0.0, 0.0, 0.0))
        self.assertControlZero(self.bar_euro)

    def test_a_cancelled_transfer_brings_the_debt_back_once(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._run_mirrors()
        transfer = self._pay(self.bar, self.hall, 12.0)
        for who in ("hall", "bar"):
            company = getattr(self, who)
            self._account_user(f"{who}_keeper", company, "tibillet_base.group_accountant")
        with self.assertRaises(AccessError):
            transfer.with_user(self.env["res.users"].search([("login", "=", "hall_keeper")])).action_cancel()
        keeper = self.env["res.users"].search([("login", "=", "bar_keeper")])
        for _again in range(2):
            transfer.with_user(keeper).action_cancel()
        self.assertEqual((transfer.state, len(transfer.move_ids)), ("cancelled", 4))
        for sides, balance in (((self.bar, self.hall), -12.0), ((self.hall, self.bar), 12.0)):
            pair = self._pair(*sides)
            self.assertEqual((pair.balance, pair.booked, pair.difference), (balance, balance, 0.0))
        self.assertEqual(self._side(self.bar, self.hall).transferred, 0.0)
        self.assertEqual(self._pay(self.bar, self.hall, 12.0, key="t:again").amount, 12.0)

    def test_a_known_key_with_another_amount_is_refused(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._pay(self.bar, self.hall, 5.0)
        with self.assertRaisesRegex(UserError, "Another transfer"):
            self._pay(self.bar, self.hall, 4.0)

    def test_nothing_is_owed_the_other_way(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        for amount in (1.0, 0.0, -3.0):
            with self.assertRaises(UserError):
                self._pay(self.hall, self.bar, amount)
        with self.assertRaisesRegex(UserError, "nothing"):
            self._pay(self.hall, self.festival, 1.0)

    def test_both_directions_are_netted(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("top_up", self.hall_place, self.hall_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 3000)
        self._act("spend", self.bar_place, self.hall_euro, 1000)
        self._act("spend", self.festival_place, self.hall_euro, 2000)
        netting = self.env["tibillet.settlement.netting"]
        action = netting.action_propose()
        mine = netting.browse(action["res_id"]).line_ids.filtered(lambda line: line.payer_id in self.companies)
        found = sorted((line.kind, line.payer_id.name, line.payee_id.name, line.amount) for line in mine)
        self.assertEqual(
            found,
            [
                ("network", "Bar", "Festival", 20.0),
                ("pair", "Bar", "Hall", 20.0),
                ("pair", "Hall", "Festival", 20.0),
            ],
        )

    def test_an_entry_by_hand_turns_it_red(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._run_mirrors()
        self._statements()
        account, partner = self.bar_euro._counterpart_account(self.hall)
        self.env["account.move"].with_company(self.hall).create(
            {
                "journal_id": self._misc_journal(self.hall).id,
                "line_ids": [
                    Command.create({"account_id": account.id, "partner_id": partner.id, "balance": -5.0}),
                    Command.create({"account_id": self.hall.transfer_account_id.id, "balance": 5.0}),
                ],
            }
        ).action_post()
        pair, statement = self._pair(self.hall, self.bar), self._side(self.hall, self.bar)
        statement.invalidate_recordset()
        self.assertEqual((pair.difference, statement.state), (-5.0, "different"))

    def test_a_month_under_way_has_no_statement(self):
        with self.assertRaisesRegex(UserError, "not over"):
            self.env["tibillet.settlement.statement"]._make(fields.Date.today())

    def test_nothing_is_dated_into_a_month_that_was_told(self):
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._pair(self.bar, self.hall)
        today = fields.Date.today()
        transfers = self.env["tibillet.settlement.transfer"]
        last = fields.Date.subtract(today.replace(day=1), days=1)
        before = transfers._record("t:before", self.bar, self.hall, 1.0, "Not told yet", last)
        self.assertEqual(before.date, last)
        self.env["tibillet.settlement.statement"]._make(last)
        for day in (last, fields.Date.subtract(last, months=2)):
            with self.assertRaisesRegex(UserError, "is drawn"):
                transfers._record(f"t:{day}", self.bar, self.hall, 1.0, "Late", day)
            plan = self.env["tibillet.settlement.round"]._plan(self.bar.currency_id)
            with self.assertRaisesRegex(UserError, "is drawn"):
                self.env["tibillet.settlement.round"]._record(f"r:{day}", self.bar.currency_id, plan, "Late", day)
        self.assertEqual(transfers._record("t:now", self.bar, self.hall, 1.0, "Now").date, today)

    def test_a_statement_is_mailed_once_to_each_side(self):
        self.bar.email, self.hall.email = "bar@places.example", "hall@places.example"
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        made = self._statements()
        made._send()
        made._send()
        mails = self.env["mail.mail"].search([("model", "=", made._name), ("res_id", "in", made.ids)])
        self.assertEqual(sorted(mails.recipient_ids.mapped("email")), ["bar@places.example", "hall@places.example"])
        self.assertTrue(all(mail.attachment_ids for mail in mails))

    def test_a_random_month_over_three_companies(self):
        seed = random.randrange(10**6)
        with self.subTest(seed=seed):
            draw = random.Random(seed)
            for asset in (self.bar_euro, self.hall_euro):
                self._act("top_up", asset.place_id, asset, 100_000)
            for _step in range(25):
                act = draw.choice(["spend", "spend", "spend", "refund", "top_up", "cash_out"])
                asset = draw.choice([self.bar_euro, self.hall_euro])
                self._act(act, draw.choice(list(self.places)), asset, draw.randint(1, 1500))
            self._run_mirrors()
            self.assertEqual(set(self._statements().mapped("state")), {"checked"})
            pairs = self.env["tibillet.settlement.pair"].search([("company_id", "in", self.companies.ids)])
            self.assertEqual(round(sum(pairs.mapped("balance")), 2), 0.0)
            for pair in pairs:
                if pair.balance < 0:
                    with self.assertRaises(UserError):
                        self._pay(pair.company_id, pair.other_id, 0.01 - pair.balance, key=f"over:{pair.id}")
                    self._pay(pair.company_id, pair.other_id, -pair.balance, key=f"pay:{pair.id}")
            pairs.invalidate_recordset()
            for pair in pairs:
                self.assertEqual((pair.balance, pair.booked, pair.waiting, pair.difference), (0.0, 0.0, 0.0, 0.0))
            self.assertControlZero(self.bar_euro)
            self.assertControlZero(self.hall_euro)
