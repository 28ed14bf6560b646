import random
from contextlib import suppress

from odoo.exceptions import UserError

from .common import NetworkCase

HISTORIES, ACTS = 25, 30


class TestCardHistories(NetworkCase):
    """Whatever happens to cards and people, nothing that was topped up is lost, doubled or out of reach."""

    def test_random_lives(self):
        for _history in range(HISTORIES):
            seed = random.randrange(10**9)
            with self.subTest(seed=seed):
                self._live(random.Random(seed))

    def _live(self, dice):
        self.people = self.env["res.partner"].create([{"name": f"Person {index}"} for index in range(3)])
        self.cards = self.env["tibillet.card"].concat(*(self.make_card() for _index in range(4)))
        self.wallets = self.env["tibillet.wallet"]
        self.topped_up = {self.euro: 0, self.hours: 0}
        for _act in range(ACTS):
            act = dice.choice(
                (self._top_up, self._top_up, self._link, self._lose, self._replace, self._void, self._find, self._merge)
            )
            # What is refused must change nothing, which the check below sees.
            with suppress(UserError), self.env.cr.savepoint():
                act(dice)
            self.env.invalidate_all()
            self._check()

    def _top_up(self, dice):
        card, asset, amount = dice.choice(self.cards), dice.choice((self.euro, self.hours)), dice.randint(1, 5000)
        if card._refusal():
            return
        self.wallets |= self.top_up(card, asset, amount)
        self.topped_up[asset] += amount

    def _link(self, dice):
        dice.choice(self.cards)._link(dice.choice(self.people), witness=dice.choice(self.cards))

    def _lose(self, dice):
        dice.choice(self.cards)._declare_lost()

    def _replace(self, dice):
        dice.choice(self.cards)._replace(dice.choice(self.cards))

    def _void(self, dice):
        dice.choice(self.cards)._void()
        self.cards |= self.make_card()

    def _find(self, dice):
        dice.choice(self.cards).with_user(self.manager).action_found()

    def _merge(self, dice):
        source, target = dice.sample(list(self.people), 2)
        self.env["base.partner.merge.automatic.wizard"]._merge([source.id, target.id], target)
        self.people = self.people.exists() | self.env["res.partner"].create({"name": "Newcomer"})

    def _check(self):
        cards = self.cards
        reachable = self.env["tibillet.wallet"]
        for person in self.people:
            reachable |= person.tibillet_wallet_ids
        for card in cards:
            if card.state in ("active", "blocked", "lost"):
                reachable |= card._wallet()
            if card.partner_id or card.state == "void" or card.replaced_by_id:
                self.assertFalse(card.wallet_id._holds(), "nothing stays behind on a card that does not pay it")
            if card.partner_id:
                self.assertEqual(card._wallet().partner_id, card.partner_id)
        total = dict.fromkeys(self.topped_up, 0)
        for wallet in reachable:
            for asset, amount in self.held_by(wallet).items():
                total[asset] += amount
        self.assertEqual(total, self.topped_up)
