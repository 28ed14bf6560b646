import random

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SettlementCase


@tagged("post_install", "-at_install")
class TestRound(SettlementCase):
    """The whole network settled in one act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._account_user("bar_round", cls.bar, "tibillet_base.group_accountant")
        cls.network = cls._account_user("net_round", cls.festival, "tibillet_base.group_network_manager")
        cls.network.company_ids = cls.companies
        cls.euro = cls.env.ref("base.EUR")

    def _owe(self):
        """The bar owes the hall €12 and the hall owes the festival €12: one transfer is enough."""
        self._act("top_up", self.bar_place, self.bar_euro, 5000)
        self._act("top_up", self.hall_place, self.hall_euro, 5000)
        self._act("spend", self.hall_place, self.bar_euro, 1200)
        self._act("spend", self.festival_place, self.hall_euro, 1200)
        self._run_mirrors()

    def _netting(self):
        netting = self.env["tibillet.settlement.netting"].with_user(self.network)
        return netting.browse(netting.action_propose()["res_id"])

    def _settle(self, netting):
        return self.env["tibillet.settlement.round"].browse(netting.action_record()["res_id"])

    def _pairs(self, companies=None):
        companies = companies or self.companies
        self.env["tibillet.settlement.pair"]._open_missing()
        pairs = self.env["tibillet.settlement.pair"].search(
            [("company_id", "in", companies.ids), ("other_id", "in", companies.ids)]
        )
        pairs.invalidate_recordset()
        return pairs

    def assertEven(self, companies=None):
        for pair in self._pairs(companies):
            self.assertEqual((pair.balance, pair.booked, pair.difference), (0.0, 0.0, 0.0))

    def test_one_transfer_for_two_debts_and_everybody_is_even(self):
        self._owe()
        netting = self._netting()
        act = self._settle(netting)
        self.assertEqual(self._settle(netting), act, "the same button twice")
        moves = {move.company_id: move for move in act.move_ids}
        transit = {c: c.transfer_account_id.with_company(c).code for c in self.companies}
        bar, hall, festival = self.bar.partner_id, self.hall.partner_id, self.festival.partner_id
        self.assertLines(moves[self.bar], [("467", hall, 12.0), (transit[self.bar], festival, -12.0)])
        self.assertLines(moves[self.hall], [("467", bar, -12.0), ("467", festival, 12.0)])
        self.assertLines(moves[self.festival], [("467", hall, -12.0), (transit[self.festival], bar, 12.0)])
        settled = act.move_ids.line_ids.filtered(
            lambda line: line.account_id == line.company_id.tibillet_settlement_account_id
        )
        self.assertTrue(all(settled.mapped("reconciled")))
        self.assertEven()
        self.assertControlZero(self.bar_euro)
        self.assertControlZero(self.hall_euro)
        self.assertEqual((act.set_off, act.transferred), (24.0, 12.0))

    def test_a_debt_that_moved_is_refused(self):
        self._owe()
        netting = self._netting()
        self._act("spend", self.hall_place, self.bar_euro, 1)
        with self.assertRaisesRegex(UserError, "moved"):
            netting.action_record()
        self.assertFalse(self.env["tibillet.settlement.round"].search([("key", "=", netting.key)]))
        self._settle(self._netting())
        self.assertFalse(self._netting().line_ids)

    def test_a_transfer_recorded_meanwhile_is_refused(self):
        self._owe()
        netting = self._netting()
        self._pay(self.bar, self.hall, 12.0)
        with self.assertRaisesRegex(UserError, "moved"):
            netting.action_record()

    def test_lines_forged_in_the_proposal_are_refused(self):
        self._owe()
        netting = self._netting()
        netting.line_ids.filtered(lambda line: line.kind == "network").amount = 99.0
        with self.assertRaisesRegex(UserError, "moved"):
            netting.action_record()

    def test_nothing_owed_is_nothing_to_record(self):
        with self.assertRaisesRegex(UserError, "nothing to settle"):
            self._netting().action_record()

    def test_cancelled_once_the_debts_stand_again(self):
        self._owe()
        act = self._settle(self._netting())
        for _again in range(2):
            act.with_user(self.network).action_cancel()
        self.assertEqual((act.state, len(act.move_ids)), ("cancelled", 6))
        for sides in ((self.bar, self.hall), (self.hall, self.festival)):
            pair = self._pair(*sides)
            self.assertEqual((pair.balance, pair.booked, pair.difference), (-12.0, -12.0, 0.0))
        self.assertFalse(self._pair(self.bar, self.festival))
        self._settle(self._netting())
        self.assertEven()

    def test_the_statement_says_it(self):
        self._owe()
        self._settle(self._netting())
        self._statements()
        statement = self._side(self.hall, self.bar)
        self.assertEqual((statement.operated, statement.transferred, statement.closing), (12.0, -12.0, 0.0))
        self.assertEqual(statement.state, "checked")

    def test_the_network_manager_alone_settles_it(self):
        self._owe()
        netting = self._netting()
        plan = self.env["tibillet.settlement.round"]._plan(self.euro)
        rounds = self.env["tibillet.settlement.round"].with_user(self.keeper)
        with self.assertRaises(AccessError):
            rounds._record("x", self.euro, plan, "Network")
        act = self._settle(netting)
        for forbidden in (
            act.with_user(self.keeper).action_cancel,
            lambda: act.with_user(self.network).write({"reference": "Other"}),
            lambda: act.line_ids.with_user(self.network).write({"amount": 1.0}),
            act.with_user(self.network).unlink,
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_an_accountant_reads_the_lines_that_touch_them(self):
        self._owe()
        act = self._settle(self._netting()).with_user(self.keeper)
        act.invalidate_recordset()
        self.assertEqual(len(act.debt_ids), 1)
        self.assertEqual(act.transfer_ids.payer_id, self.bar)
        other = self._account_user("nobody_round", self._create_company(name="Far"), "tibillet_base.group_accountant")
        self.assertFalse(self.env["tibillet.settlement.round"].with_user(other).search([("id", "=", act.id)]))

    def test_random_debts_among_five_venues(self):
        """After the act nobody owes anybody, each venue's transfers are its former net, and its books balance."""
        for number in (4, 5):
            company = self._create_company(name=f"Venue {number}")
            self.env.user.company_ids |= company
            place = self.env["tibillet.place"].create(
                {"name": f"Venue {number}", "slug": f"venue-{number}", "company_id": company.id}
            )
            company._tibillet_setup_books()
            self.places = {**self.places, place: company}
        companies = self.env["res.company"].union(*self.places.values())
        seed = random.randrange(10**6)
        with self.subTest(seed=seed):
            draw = random.Random(seed)
            assets = [self.bar_euro, self.hall_euro]
            for asset in assets:
                self._act("top_up", asset.place_id, asset, 100_000)
            for _step in range(15):
                act = draw.choice(["spend", "spend", "refund", "top_up", "cash_out"])
                self._act(act, draw.choice(list(self.places)), draw.choice(assets), draw.randint(1, 2000))
            self._run_mirrors()
            nets = {c: round(sum(p.balance for p in self._pairs(companies) if p.company_id == c), 2) for c in companies}
            settled = self._settle(self._netting())
            self.assertEven(companies)
            for company in companies:
                paid = settled.transfer_ids.filtered(lambda line, c=company: line.payer_id == c)
                got = settled.transfer_ids.filtered(lambda line, c=company: line.payee_id == c)
                moved = round(sum(got.mapped("amount")) - sum(paid.mapped("amount")), 2)
                self.assertEqual(moved, nets[company], company.name)
            for move in settled.move_ids:
                self.assertEqual(round(sum(move.line_ids.mapped("balance")), 2), 0.0)
            for asset in assets:
                self.assertControlZero(asset)
            self.assertLess(len(settled.transfer_ids), len(companies))
