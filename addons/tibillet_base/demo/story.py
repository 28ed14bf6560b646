import uuid

from odoo import api, models

from .. import ledger
from .cards import DEMO_CARDS

# What the evening brought: card, place of the act, asset, amount in cents.
SPENDS = (
    ("A4F291C7", "demo_place_bar", "demo_asset_euro", 750),
    ("A4F291C7", "demo_place_grange", "demo_asset_euro", 420),
    ("B7KQ20MX", "demo_place_bar", "demo_asset_euro", 1250),
    ("D9WZ51VA", "demo_place_bar", "demo_asset_gift", 150),
    ("F8RS33QB", "demo_place_grange", "demo_asset_euro", 1800),
    ("N9GH14RU", "demo_place_grange", "demo_asset_local", 350),
    ("U7UV79FG", "demo_place_festival", "demo_asset_euro", 600),
)
ASSETS = {
    "money": "demo_asset_euro",
    "gift": "demo_asset_gift",
    "time": "demo_asset_time",
    "points": "demo_asset_points",
    "local": "demo_asset_local",
}


class TibilletDemo(models.AbstractModel):
    """The demo network's cards and what lies on them, made by the same calls as a venue's."""

    _name = "tibillet.demo"
    _description = "Demo network"

    @api.model
    def _load(self):
        """Called once, by the demo data. The balances come from the ledger, like any others."""
        if self.env["tibillet.card"].search_count([("number", "=", DEMO_CARDS[0].number)], limit=1):
            return
        self._make_cards()
        self._post()
        self._tell_fates()
        self.env["tibillet.verification"]._run()

    def _ref(self, name):
        return self.env.ref(f"tibillet_base.{name}")

    def _card(self, number):
        return self.env["tibillet.card"].search([("number", "=", number)])

    def _make_cards(self):
        for batch in {card.batch for card in DEMO_CARDS}:
            self.env.ref(batch)._add_cards(
                [
                    {
                        "number": card.number,
                        "uid": card.uid,
                        "qr_uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, card.number)),
                    }
                    for card in DEMO_CARDS
                    if card.batch == batch
                ]
            )
        for row in DEMO_CARDS:
            card = self._card(row.number)
            if row.state in ("active", "lost", "blocked"):
                card._activate()
            if row.holder:
                card._link(self.env.ref(row.holder))

    def _post(self):
        """Every top-up and spend in one call; what is spent is topped up first, so that the evening ends on the card's figure."""
        entries = []
        for row in DEMO_CARDS:
            for field, name in ASSETS.items():
                spent = sum(amount for number, _place, asset, amount in SPENDS if (number, asset) == (row.number, name))
                if amount := getattr(row, field) + spent:
                    entries.append(self._top_up(row.number, self._ref(name), amount))
        entries += [self._spend(index, *spend) for index, spend in enumerate(SPENDS)]
        self.env["tibillet.ledger.transaction"]._post(entries)

    def _top_up(self, number, asset, amount):
        kind = "top_up" if asset.kind == "money" else "issue"
        place, wallet = asset.place_id, self._card(number)._wallet()
        lines = (ledger.Line(place.wallet_id.id, asset.id, -amount), ledger.Line(wallet.id, asset.id, amount))
        return ledger.Entry(f"demo:top_up:{number}:{asset.code}", kind, place.id, lines)

    def _spend(self, index, number, place, asset, amount):
        place, asset, wallet = self._ref(place), self._ref(asset), self._card(number)._wallet()
        lines = (ledger.Line(wallet.id, asset.id, -amount), ledger.Line(place.wallet_id.id, asset.id, amount))
        return ledger.Entry(f"demo:spend:{index}", "spend", place.id, lines)

    def _tell_fates(self):
        for row in DEMO_CARDS:
            card = self._card(row.number)
            if row.state == "lost":
                card._declare_lost()
            elif row.state == "void":
                card._void()
            elif row.state == "blocked":
                card.write({"state": "blocked"})
