"""The tills of a random month (month.py, which is run together with this file inside `odoo shell`)."""

import uuid
from collections import defaultdict

from odoo import Command

from odoo.addons.tibillet_base import ledger


class Tills:
    """What cashiers do: each act returns whether it happened."""

    def wallet(self):
        live = [card for card in self.cards if card.state == "active"]
        return self.draw.choice(live)._wallet()

    def purse(self, kinds=("money", "gift")):
        """A wallet, one of its assets, and what is free of it."""
        wallet = self.wallet()
        assets = self.env["tibillet.asset"].browse(wallet._amounts()).filtered(lambda asset: asset.kind in kinds)
        if not assets:
            return wallet, assets, 0
        asset = self.draw.choice(assets)
        amount, held = wallet._amounts()[asset.id]
        return wallet, asset, amount - held

    def places_of(self, asset):
        """Where a currency is taken: gift and the single-purpose voucher at their issuer's only."""
        is_everywhere = asset.kind == "money" and asset.voucher_kind == "multi_purpose"
        return self.places if is_everywhere else asset.place_id

    def post(self, kind, place, wallet, asset, cents, against=None):
        key = f"pos.payment:{uuid.uuid4()}"
        lines = (
            ledger.Line(wallet.id, asset.id, cents),
            ledger.Line((against or place).wallet_id.id, asset.id, -cents),
        )
        self.env["tibillet.ledger.transaction"]._post([ledger.Entry(key, kind, place.id, lines)])
        return key

    def spend(self):
        wallet, asset, free = self.purse()
        if free < 1:
            return False
        place = self.draw.choice(self.places_of(asset))
        cents = self.draw.randint(1, min(free, 2500))
        self.sold(place, self.post("spend", place, wallet, asset, -cents), cents)
        return True

    def sold(self, place, key, cents):
        self.tills[place]["spends"].append((key, cents))

    def refund(self):
        wallet, asset, _free = self.purse(("money",))
        if not asset:
            return False
        place, cents = self.draw.choice(self.places_of(asset)), self.draw.randint(1, 500)
        self.sold(place, self.post("refund", place, wallet, asset, cents), -cents)
        return True

    def top_up(self, wallet=None):
        """In cash, at any venue, any euro; the voucher at its own."""
        asset, cents = self.draw.choice(self.moneys), self.draw.randint(1, 8000)
        place = self.draw.choice(self.places_of(asset))
        key = self.post("top_up", place, wallet or self.wallet(), asset, cents, asset.place_id)
        self.tills[place]["topups"].append((key, asset, cents))
        return True

    def cash_out(self):
        wallet, asset, free = self.purse(("money",))
        if free < 1:
            return False
        place, cents = self.draw.choice(self.places_of(asset)), self.draw.randint(1, free)
        key = self.post("cash_out", place, wallet, asset, -cents, asset.place_id)
        self.tills[place]["topups"].append((key, asset, -cents))
        return True

    def gift(self):
        asset = self.draw.choice(self.gifts)
        self.post("issue", asset.place_id, self.wallet(), asset, self.draw.randint(1, 1000))
        return True

    def hold(self):
        """A tap: reserved, then taken by the order, or given back."""
        wallet, asset, free = self.purse(("money",))
        if free < 1:
            return False
        place, key, cents = (
            self.draw.choice(self.places_of(asset)),
            f"pos.payment:{uuid.uuid4()}",
            self.draw.randint(1, free),
        )
        ledger.hold(self.env.cr, key, wallet.id, cents, [asset.id], place.id, f"month:{place.id}")
        if self.draw.random() < 0.3:
            ledger.release(self.env.cr, key)
        else:
            taken = f"pos.payment:{uuid.uuid4()}"
            capture = ledger.Capture(taken, key, cents, place.wallet_id.id, place.id)
            self.env["tibillet.ledger.transaction"]._post([capture])
            self.sold(place, taken, cents)
        self.env["tibillet.ledger.transaction"]._forget_cache()
        return True

    def close(self, place=None):
        """A till's closing: its own entry, then the wallets', settled with each other; the mirrors wait for their job."""
        place = place or self.draw.choice(self.places)
        company, till = place.company_id, self.tills[place]
        self.tills[place] = defaultdict(list)
        if not till:
            return False
        booking = self.env["tibillet.booking"]._of_closing(company, f"month:{uuid.uuid4()}", "A till")
        receivable = company.account_default_pos_receivable_account_id
        paid = sum(cents for _key, cents in till["spends"]) / 100
        totals = defaultdict(float)
        totals[receivable, self.env["res.partner"]] += paid
        for _key, asset, cents in till["topups"]:
            totals[asset._counterpart_account(company)] -= cents / 100
        lines = [
            {"account_id": account.id, "partner_id": partner.id, "balance": round(balance, 2)}
            for (account, partner), balance in totals.items()
            if round(balance, 2)
        ]
        rest = -round(sum(line["balance"] for line in lines), 2)
        lines.append({"account_id": company.transfer_account_id.id, "balance": rest})
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
        )
        sale = (
            self.env["account.move"]
            .with_company(company)
            .create({"journal_id": journal.id, "line_ids": [Command.create(line) for line in lines]})
        )
        sale.action_post()
        if till["topups"]:
            booking._attach([key for key, _asset, _cents in till["topups"]], sale)
        if till["spends"]:
            entry = booking._post_spends([key for key, _cents in till["spends"]], receivable, paid)
            (sale | entry).line_ids.filtered(lambda line: line.account_id == receivable).reconcile()
        booking._schedule_mirrors()
        self.env.cr.commit()
        return True
