from collections import defaultdict

from odoo import models

PAGE = 20
PERSON = ("name", "email", "phone", "street", "street2", "zip", "city", "vat", "lang")
# How the keys of online payments begin in the ledger.
ONLINE = "payment."


class TibilletWallet(models.Model):
    """A wallet as its holder reads it: every asset, whatever venue issued it. Called with rights already checked."""

    _inherit = "tibillet.wallet"

    def _web_balances(self):
        """What lies in the wallet, what pays first comes first.

        :return: [{"asset": tibillet.asset, "amount": minor units, "text": str, "places": names of who takes it}]
        """
        self.ensure_one()
        wallet = self.sudo()
        amounts = wallet._amounts()
        assets = (
            self.env["tibillet.asset"].sudo().browse(amounts).sorted(lambda asset: (asset.kind != "money", asset.id))
        )
        places = self._web_places()
        return [
            {
                "asset": asset,
                "amount": amounts[asset.id][0],
                "text": asset.format(amounts[asset.id][0]),
                "places": places[asset.id],
            }
            for asset in assets
            if amounts[asset.id][0] or asset.active
        ]

    def _web_places(self):
        """{asset id: names of the places that take it}."""
        takers = defaultdict(list)
        for place in self.env["tibillet.place"].sudo().search([]):
            for asset_id in place._accepted_asset_ids():
                takers[asset_id].append(place.name)
        return takers

    def _web_moves(self, page=1):
        """One page of the history, the latest first, and the number of pages.

        :return: ([tibillet.ledger.posting], int)
        """
        self.ensure_one()
        postings = self.env["tibillet.ledger.posting"].sudo()
        domain = [("wallet_id", "=", self.id)]
        pages = max(1, -(-postings.search_count(domain) // PAGE))
        page = min(max(page, 1), pages)
        fields = ["transaction_id", "created_at", "kind", "asset_id", "place_id", "amount"]
        return postings.search_fetch(domain, fields, order="id desc", limit=PAGE, offset=(page - 1) * PAGE), pages

    def _web_sentence(self, posting):
        """A movement in plain words, e.g. "Paid at La Grange"."""
        place = posting.place_id.name
        is_online = posting.kind in ("top_up", "cash_out") and posting.transaction_id.key.startswith(ONLINE)
        # One sentence is looked up, not all: a page says twenty.
        match posting.kind:
            case "issue":
                return self.env._("Given by %s", place)
            case "top_up":
                return self.env._("Top-up online") if is_online else self.env._("Top-up at %s", place)
            case "spend":
                return self.env._("Paid at %s", place)
            case "refund":
                return self.env._("Given back by %s", place)
            case "cash_out":
                return self.env._("Paid back online") if is_online else self.env._("Paid back at %s", place)
            case "transfer":
                return self.env._("Transfer at %s", place)
            case "merge":
                return self.env._("From one of your cards")
            case "reversal":
                return self.env._("Put right by %s", place)
            case "void":
                return self.env._("Expired at %s", place)
        return place

    def _web_export(self):
        """All that is kept about this holder, for them to take away (GDPR, articles 15 and 20): plain JSON values."""
        self.ensure_one()
        wallet = self.sudo()
        partner = wallet.partner_id
        postings = self.env["tibillet.ledger.posting"].sudo().search([("wallet_id", "=", wallet.id)], order="id")
        return {
            "person": {name: partner[name] or None for name in PERSON},
            "cards": [{"number": card.number, "state": card.state} for card in partner.tibillet_card_ids],
            "balances": [{"currency": row["asset"].name, "balance": row["text"]} for row in self._web_balances()],
            "history": [
                {
                    "date": posting.created_at.isoformat(timespec="seconds") + "Z",
                    "what": posting.kind,
                    "place": posting.place_id.name,
                    "currency": posting.asset_id.name,
                    "amount": posting.amount,
                    "decimals": posting.asset_id.decimal_places,
                }
                for posting in postings
            ],
        }
