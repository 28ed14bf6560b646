from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import ledger
from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestLedgerEngine(LedgerCase):
    def test_hold_then_capture(self):
        self.top_up(self.alice, 1000)
        hold = self.hold(self.alice, 400)
        self.assertEqual((hold.lines, hold.available), (((self.euro.id, 400),), 600))
        self.assertEqual(self.amount(self.alice), (1000, 400))
        self.assertEqual(self.capture(400).balances, {(self.alice.id, self.euro.id): 600})
        self.assertEqual(self.amount(self.alice), (600, 0))
        self.assertTrue(self.capture(400).replayed)
        self.seal()
        self.assertTrue(ledger.verify(self.cr).ok)

    def test_debit_order_and_exact_split(self):
        self.top_up(self.alice, 500)
        self.top_up(self.alice, 100, key="gift", asset=self.gift)
        self.assertEqual(self.hold(self.alice, 400).lines, ((self.gift.id, 100), (self.euro.id, 300)))

    def test_only_the_first_asset_when_it_covers_all(self):
        self.top_up(self.alice, 500)
        self.top_up(self.alice, 100, key="gift", asset=self.gift)
        self.assertEqual(self.hold(self.alice, 60).lines, ((self.gift.id, 60),))

    def test_short_balance_reserves_nothing(self):
        self.top_up(self.alice, 900)
        with self.assertRaises(ledger.Insufficient) as caught:
            self.hold(self.alice, 1200)
        self.assertEqual((caught.exception.available, caught.exception.missing), (900, 300))
        self.assertEqual(self.amount(self.alice), (900, 0))

    def test_an_asset_not_accepted_is_not_drawn_on(self):
        self.top_up(self.alice, 900)
        with self.assertRaises(ledger.Insufficient) as caught:
            self.hold(self.alice, 100, assets=[self.gift])
        self.assertEqual(caught.exception.available, 0)

    def test_a_repeated_hold_answers_as_the_first(self):
        self.top_up(self.alice, 1000)
        first = self.hold(self.alice, 700)
        again = self.hold(self.alice, 700)
        self.assertEqual((again.id, again.lines, again.replayed), (first.id, first.lines, True))
        with self.assertRaises(ledger.KeyConflict):
            self.hold(self.alice, 200)
        self.assertEqual(self.amount(self.alice), (1000, 700))

    def test_release_is_repeatable_and_gives_back(self):
        self.top_up(self.alice, 1000)
        self.hold(self.alice, 700)
        self.assertEqual(ledger.release(self.cr, "tap"), "released")
        self.assertEqual(ledger.release(self.cr, "tap"), "released")
        self.assertIsNone(ledger.release(self.cr, "never-held"))
        self.assertEqual(self.amount(self.alice), (1000, 0))

    def test_a_captured_hold_stays_captured(self):
        self.top_up(self.alice, 1000)
        self.hold(self.alice, 700)
        self.capture(700)
        self.assertEqual(ledger.release(self.cr, "tap"), "captured")
        with self.refused(ledger.HoldMismatch):
            ledger.post(self.cr, ledger.Capture("other-key", "tap", 700, self.till.id, self.place.id))

    def test_capture_of_another_amount_or_of_nothing(self):
        self.top_up(self.alice, 1000)
        self.hold(self.alice, 700)
        with self.refused(ledger.HoldMismatch):
            self.capture(699)
        with self.refused(ledger.UnknownHold):
            self.capture(700, key="no-such-tap")

    def test_release_owner_keeps_what_it_is_told(self):
        self.top_up(self.alice, 1000)
        for key in ("a", "b", "c"):
            self.hold(self.alice, 100, key=key)
        self.assertEqual(sorted(ledger.release_owner(self.cr, "test:1", keep=["b"])), ["a", "c"])
        self.assertEqual(self.amount(self.alice), (1000, 100))

    def test_late_capture_becomes_a_debt_that_the_next_top_up_repays(self):
        self.top_up(self.alice, 500)
        self.hold(self.alice, 400)
        ledger.release(self.cr, "tap")
        self.hold(self.alice, 300, key="second")
        self.capture(300, key="second")
        with self.refused(ledger.Insufficient):
            self.capture(400)
        self.capture(400, late=True)
        self.assertEqual(self.amount(self.alice), (-200, 0))
        with self.assertRaises(ledger.Insufficient):
            self.hold(self.alice, 1, key="third")
        self.top_up(self.alice, 250, key="repay")
        self.assertEqual(self.hold(self.alice, 50, key="third").available, 0)
        self.seal()
        self.assertTrue(ledger.verify(self.cr).ok)

    def test_all_of_an_order_or_nothing(self):
        self.top_up(self.alice, 100)
        with self.refused(ledger.Insufficient):
            ledger.post_many(
                self.cr,
                [
                    self.entry("order:1", self.till, self.bob, 500),
                    self.entry("order:2", self.alice, self.till, 101, kind="spend"),
                ],
            )
        self.assertEqual(self.amount(self.bob), (0, 0))

    def test_one_call_may_spend_what_it_tops_up(self):
        ledger.post_many(
            self.cr,
            [
                self.entry("order:1", self.till, self.bob, 500),
                self.entry("order:2", self.bob, self.till, 500, kind="spend"),
            ],
        )
        self.assertEqual(self.amount(self.bob), (0, 0))

    def test_amounts_that_are_not_whole(self):
        for amount in (1.5, "5", None, True):
            lines = (ledger.Line(self.till.id, self.euro.id, amount), ledger.Line(self.alice.id, self.euro.id, amount))
            with self.subTest(amount=amount), self.assertRaises(ledger.NotZeroSum):
                ledger.post(self.cr, ledger.Entry("bad", "top_up", self.place.id, lines))

    def test_merge_moves_every_asset_and_the_debts(self):
        self.top_up(self.alice, 500)
        self.top_up(self.alice, 70, key="gift", asset=self.gift)
        self.top_up(self.bob, 30)
        self.alice._merge_into(self.bob, self.place, "link:1")
        self.assertEqual(self.amount(self.bob), (530, 0))
        self.assertEqual(self.amount(self.bob, self.gift), (70, 0))
        self.assertEqual(self.amount(self.alice), (0, 0))
        self.hold(self.bob, 100, key="debt")
        ledger.release(self.cr, "debt")
        ledger.post(self.cr, self.entry("spent", self.bob, self.till, 530, kind="spend"))
        ledger.post(self.cr, self.entry("spent-gift", self.bob, self.till, 70, kind="spend", asset=self.gift))
        self.capture(100, key="debt", late=True)
        self.bob._merge_into(self.carol, self.place, "link:2")
        owed = self.amount(self.carol)[0] + self.amount(self.carol, self.gift)[0]
        self.assertEqual(owed, -100)
        self.assertEqual(self.amount(self.bob), (0, 0))
        self.seal()
        self.assertTrue(ledger.verify(self.cr).ok)

    def test_merge_waits_for_a_payment_under_way(self):
        self.top_up(self.alice, 500)
        self.hold(self.alice, 100)
        with self.assertRaisesRegex(ledger.Refused, "under way"):
            self.alice._merge_into(self.bob, self.place, "link:1")

    def test_a_reversal_restores_and_happens_once(self):
        self.top_up(self.alice, 500, key="t")
        transactions = self.env["tibillet.ledger.transaction"]
        transactions._reverse("undo", f"t:{self.alice.id}", self.place, "wrong card")
        self.assertEqual(self.amount(self.alice), (0, 0))
        with self.refused(ledger.KeyConflict):
            transactions._reverse("undo-again", f"t:{self.alice.id}", self.place)
        undone = transactions.search([("key", "=", "undo")])
        self.assertEqual(undone.reverses_id.key, f"t:{self.alice.id}")
        self.assertEqual(undone.reason_ids.text, "wrong card")

    def test_the_orm_writes_nothing(self):
        self.top_up(self.alice, 500)
        for name in ("transaction", "posting", "balance"):
            model = self.env[f"tibillet.ledger.{name}"]
            record = model.search([], limit=1)
            for attack in (
                lambda m=model: m.create({}),
                lambda r=record: r.write({"id": 1}),
                record.unlink,
                record.copy,
            ):
                with self.subTest(model=name), self.assertRaises(UserError):
                    attack()
