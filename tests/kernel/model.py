"""The ledger as one would explain it on paper: dictionaries, no database. Histories are compared with it."""

from collections import defaultdict


class Short(Exception):
    """Not enough to pay."""


class Conflict(Exception):
    """Refused for another reason."""


class Paper:
    """Balances, holds and keys; each act returns the holder's balance after, or raises."""

    def __init__(self):
        self.amount = defaultdict(int)
        self.held = defaultdict(int)
        self.floor = defaultdict(int)
        self.holds = {}
        self.posted = {}
        self.reversed = set()

    def free(self, wallet, asset):
        pair = wallet, asset
        return self.amount[pair] - self.held[pair] + self.floor[pair]

    def post(self, key, moves):
        """``moves``: {(wallet, asset): amount} of the holders' sides."""
        if key in self.posted:
            if self.posted[key] != moves:
                raise Conflict
            return
        for pair, amount in moves.items():
            if amount < 0 and self.free(*pair) < -amount:
                raise Short
        self._apply(moves)
        self.posted[key] = moves

    def _apply(self, moves):
        for pair, amount in moves.items():
            self.amount[pair] += amount
            self.floor[pair] = max(0, min(self.floor[pair], self.held[pair] - self.amount[pair]))

    def hold(self, key, wallet, amount, order):
        asked = wallet, amount
        lines, rest = {}, amount
        for asset in order:
            part = min(rest, max(self.free(wallet, asset), 0))
            if part:
                lines[asset], rest = part, rest - part
        if key in self.holds:
            if self.holds[key]["asked"] != asked:
                raise Conflict
            return self.holds[key]["lines"]
        if rest:
            raise Short
        for asset, part in lines.items():
            self.held[wallet, asset] += part
        self.holds[key] = {"asked": asked, "lines": lines, "state": "held"}
        return lines

    def capture(self, key, amount, late):
        hold = self.holds.get(key)
        if hold is None or hold["asked"][1] != amount:
            raise Conflict
        if hold["state"] == "captured":
            return
        wallet = hold["asked"][0]
        lack = {asset: part - self.free(wallet, asset) for asset, part in hold["lines"].items()}
        if hold["state"] == "released" and not late and any(short > 0 for short in lack.values()):
            raise Short
        for asset, part in hold["lines"].items():
            if hold["state"] == "held":
                self.held[wallet, asset] -= part
            elif lack[asset] > 0:
                self.floor[wallet, asset] += lack[asset]
        self._apply({(wallet, asset): -part for asset, part in hold["lines"].items()})
        hold["state"] = "captured"

    def release(self, key):
        hold = self.holds.get(key)
        if hold is None:
            return None
        if hold["state"] == "held":
            for asset, part in hold["lines"].items():
                self.held[hold["asked"][0], asset] -= part
            hold["state"] = "released"
        return hold["state"]

    def merge(self, source, target, assets):
        if any(self.held[source, asset] for asset in assets):
            raise Conflict
        for asset in assets:
            amount = self.amount[source, asset]
            if not amount:
                continue
            if amount < 0:
                pair = target, asset
                self.floor[pair] = max(self.floor[pair], self.held[pair] - self.amount[pair] - amount)
            self._apply({(source, asset): -amount, (target, asset): amount})

    def reverse(self, key):
        if key not in self.posted or key in self.reversed:
            raise Conflict
        moves = {pair: -amount for pair, amount in self.posted[key].items()}
        for pair, amount in moves.items():
            if amount < 0 and self.free(*pair) < -amount:
                raise Short
        self._apply(moves)
        self.reversed.add(key)
