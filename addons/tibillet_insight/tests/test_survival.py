import random
from collections import defaultdict
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError

from .common import PicturesCase

NOW = datetime(2026, 6, 15, 12)
DELAYS = {
    "a0": relativedelta(days=1),
    "a1": relativedelta(days=7),
    "b1": relativedelta(months=1),
    "b3": relativedelta(months=3),
    "b6": relativedelta(months=6),
    "c1": relativedelta(months=12),
    "c2": relativedelta(months=24),
}


@freeze_time(NOW)
class TestSurvival(PicturesCase):
    """What a top-up is worth later, first in, first out."""

    def rows(self, user=None, asset=None):
        """{(month, age): (topped up, still there)} in units."""
        model = self.env["tibillet.insight.survival"].with_user(user or self.accountant)
        model.invalidate_model()
        rows = model.search([("asset_id", "=", (asset or self.bar_euro).id)])
        return {(row.month.strftime("%Y-%m"), row.age): (row.bought, row.left) for row in rows}

    def test_the_oldest_money_leaves_first(self):
        first = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        second = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 500)
        spent = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1200)
        self.at({first: datetime(2026, 3, 1), second: datetime(2026, 4, 1), spent: datetime(2026, 4, 15)})
        self.assertEqual(
            self.rows(),
            {
                ("2026-03", "a0"): (10, 10),
                ("2026-03", "a1"): (10, 10),
                ("2026-03", "b1"): (10, 10),
                ("2026-03", "b3"): (10, 0),
                ("2026-04", "a0"): (5, 5),
                ("2026-04", "a1"): (5, 5),
                ("2026-04", "b1"): (5, 3),
            },
        )

    def test_what_is_given_back_on_the_card_is_another_money(self):
        bought = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        spent = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        back = self._refund(self.bar_place, self.ann_wallet, self.bar_euro, 400)
        self.at({bought: NOW - timedelta(days=9), spent: NOW - timedelta(days=8), back: NOW - timedelta(days=8)})
        self.assertEqual(self.rows(), {("2026-06", "a0"): (10, 0), ("2026-06", "a1"): (10, 0)})

    def test_cards_merged_spend_nothing(self):
        """Bob's money moves to Ann, and she drinks a part of it."""
        bought = self._top_up(self.bar_place, self.bob_wallet, self.bar_euro, 1000)
        self.bob_wallet._empty_into(self.ann_wallet, self.bar_place)
        spent = self._spend(self.bar_place, self.ann_wallet, self.bar_euro, 300)
        self.at({bought: NOW - timedelta(days=10), spent: NOW - timedelta(days=8)})
        self.assertEqual(self.rows(), {("2026-06", "a0"): (10, 10), ("2026-06", "a1"): (10, 7)})

    def test_random_histories(self):
        """Against queues of coins, taken one cent after the other."""
        draw = random.Random(19)
        moments, moves = {}, []
        moment = NOW - timedelta(days=1100)
        held = defaultdict(int)
        for _number in range(120):
            moment += timedelta(hours=draw.randint(1, 400))
            if moment > NOW:
                break
            wallet = draw.choice((self.ann_wallet, self.bob_wallet))
            if held[wallet] and draw.random() < 0.55:
                cents = -draw.randint(1, held[wallet])
                key = self._spend(self.bar_place, wallet, self.bar_euro, -cents)
            else:
                cents = draw.randint(1, 90)
                key = self._top_up(self.bar_place, wallet, self.bar_euro, cents)
            held[wallet] += cents
            moments[key] = moment
            moves.append((moment, wallet, cents))
        self.at(moments)
        expected = defaultdict(lambda: [0, 0])
        for age, delay in DELAYS.items():
            for index, (bought_at, _wallet, cents) in enumerate(moves):
                if cents > 0 and bought_at + delay <= NOW:
                    line = expected[bought_at.strftime("%Y-%m"), age]
                    line[0] += cents
                    line[1] += self.left(moves, index, bought_at + delay)
        self.assertGreater(len(expected), 20)
        found = {key: [round(value * 100) for value in values] for key, values in self.rows().items()}
        self.assertEqual(found, dict(expected))

    @staticmethod
    def left(moves, index, until):
        """Cents of a top-up that are still in its wallet's queue."""
        queue = []
        wallet = moves[index][1]
        for number, (moment, whose, cents) in enumerate(moves):
            if whose != wallet or moment > until:
                continue
            if cents > 0:
                queue += [number] * cents
            else:
                del queue[:-cents]
        return queue.count(index)

    def test_the_issuer_s_alone(self):
        key = self._top_up(self.bar_place, self.ann_wallet, self.bar_euro, 1000)
        self.at({key: NOW - timedelta(days=3)})
        self.assertTrue(self.rows(self.manager))
        self.assertFalse(self.rows(self.neighbour))
        with self.assertRaises(AccessError):
            self.rows(self.cashier)
