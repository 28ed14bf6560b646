import random
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.tibillet_base import ledger

from .sweep_common import SweepCase


@tagged("post_install", "-at_install")
class TestSweepDays(SweepCase):
    """Sweeps by themselves, and whole festivals at random."""

    # --- by itself --------------------------------------------------------------------------------------------------

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("tibillet_base.cron_sweep").method_direct_trigger()
        self.env.cr.precommit.data.pop("sequence.mixin", None)
        return self.env["tibillet.sweep"].search([("asset_id", "=", self.bar_euro.id), ("day", "!=", False)])

    def test_every_day_once(self):
        card = self._card(300)
        self.bar_euro.sweep_mode = "daily"
        sweep = self._run_job()
        self.assertEqual((len(sweep), sweep.state, sweep.day), (1, "done", fields.Date.today()))
        self.assertEqual(self._holds(card), 0)
        other = self._card(500)
        self.assertEqual(self._run_job(), sweep)
        self.assertEqual(self._holds(other), 500)

    def test_on_its_day_not_before(self):
        card = self._card(300)
        self.bar_euro.write({"sweep_mode": "date", "sweep_date": fields.Date.today() + timedelta(days=3)})
        self.assertFalse(self._run_job())
        self.env.cr.execute("UPDATE tibillet_asset SET sweep_date = %s", [fields.Date.today()])
        self.bar_euro.invalidate_recordset()
        self.assertEqual(self._run_job().swept_amount, 300)
        self.assertEqual(self._holds(card), 0)

    def test_a_day_that_is_over(self):
        with self.assertRaisesRegex(ValidationError, "choose a day to come"):
            self.bar_euro.write({"sweep_mode": "date", "sweep_date": fields.Date.today() - timedelta(days=1)})

    def test_by_hand_the_job_does_nothing(self):
        self._card(300)
        self.assertFalse(self._run_job())

    # --- a random festival ------------------------------------------------------------------------------------------

    def test_random_festivals_add_up(self):
        """Whatever was topped up, spent, held and swept: nothing below zero, nothing lost, the control at zero."""
        seed = random.randrange(10**6)
        with self.subTest(seed=seed):
            self._random_festival(random.Random(seed))

    def _random_festival(self, draw):
        cards = [self._card(draw.randint(100, 5000)) for _each in range(8)]
        cards += [self._card(draw.randint(100, 5000), partner=partner) for partner in (self.ann, self.bob)]
        holds, taken = [], 0
        for step in range(40):
            card = draw.choice(cards)
            free = self._free(card)
            act = draw.choice(["spend", "top_up", "hold", "release", "sweep"])
            if act == "spend" and free:
                amount = draw.randint(1, free)
                key = self._spend(self.bar_place, card._wallet(), self.bar_euro, amount)
                self._close(self.bar, f"{step}", spends=[key], amount=amount / 100)
            elif act == "top_up":
                amount = draw.randint(1, 2000)
                key = self._top_up(self.bar_place, card._wallet(), self.bar_euro, amount)
                self._close(self.bar, key, topups=[key], topup_asset=self.bar_euro, topup_amount=amount / 100)
            elif act == "hold" and free:
                holds.append(f"hold:{step}")
                ledger.hold(
                    self.env.cr, holds[-1], card._wallet().id, draw.randint(1, free), [self.bar_euro.id],
                    self.bar_place.id, "test:1",
                )  # fmt: skip
            elif act == "release" and holds:
                ledger.release(self.env.cr, holds.pop())
            elif act == "sweep":
                taken += self._checked_sweep(cards, draw.choice([True, False]))
        self.assertControlZero(self.bar_euro)
        self.assertEqual(taken, -self._income())
        self.assertTrue(self.env["tibillet.verification"]._run().ok)

    def _free(self, card):
        amount, held = card._wallet()._amounts()[self.bar_euro.id]
        return amount - held

    def _checked_sweep(self, cards, linked):
        """Sweep; what was shown is what was taken, and no card that may be swept keeps anything free."""
        sweep = self._sweep(linked=linked)
        due = {card: self._free(card) for card in cards if linked or not card.partner_id}
        others = {card: self._free(card) for card in cards if card not in due}
        self.assertEqual(sweep.planned_count, sum(1 for amount in due.values() if amount))
        sweep.action_sweep()
        self.assertEqual(sweep.swept_amount, sum(due.values()))
        self.assertFalse(any(self._free(card) for card in due))
        self.assertEqual({card: self._free(card) for card in others}, others)
        return sweep.swept_amount

    def _income(self):
        """What sweeps booked as income, in cents: credits are negative."""
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.bar.tibillet_breakage_account_id.id), ("parent_state", "=", "posted")]
        )
        return round(sum(lines.mapped("balance")) * 100)
